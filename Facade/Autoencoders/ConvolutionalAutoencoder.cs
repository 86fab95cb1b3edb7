using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Autoencoders;

/// <summary>
/// The network of <i>Convolutional autoencoders in python/theano/lasagne</i>, for images of any size: convolution, pooling, a narrow
/// code, a wide hidden layer, unpooling and a convolution back. Only the two dense layers have activations.
/// </summary>
/// <param name="Filters">Of the first convolution, and images in the decoder.</param>
/// <param name="FilterSize">The side k of the square filters. A decoder of u by v images fits where 2u = height + k - 1 and 2v = width + k - 1.</param>
/// <param name="Code">How many numbers an image becomes.</param>
/// <param name="CodeActivation">One of <see cref="Activations.Names"/>.</param>
/// <param name="HiddenActivation">One of <see cref="Activations.Names"/>.</param>
/// <param name="Flip">True convolutions, as Lasagne has them.</param>
public sealed record ConvolutionalAutoencoder(
    int Height,
    int Width,
    int Channels = 1,
    int Filters = 32,
    int FilterSize = 7,
    int Code = 40,
    string CodeActivation = "relu",
    string HiddenActivation = "relu",
    bool Flip = true)
{
    private const string CodeLayer = "code", HiddenLayer = "hidden";

    /// <summary>The network: images (n, channels, height, width) to the same, flattened.</summary>
    /// <exception cref="ShapeException">The sizes do not fit: says which layer, what came in and what would fit.</exception>
    /// <exception cref="ArgumentException">There is no such activation.</exception>
    public Network Build()
    {
        var (u, v) = (Unpooled("height", Height), Unpooled("width", Width));
        return Network.Sequential(
            ("input", new Input(Channels, Height, Width)),
            ("conv", new Conv2D(Filters, FilterSize, Flip: Flip)),
            ("pool", new MaxPool2D(2)),
            ("flatten", new Flatten()),
            (CodeLayer, new Dense(Code, Activations.Named(CodeActivation))),
            (HiddenLayer, new Dense(Filters * u * v, Activations.Named(HiddenActivation))),
            ("reshape", new Reshape(Filters, u, v)),
            ("unpool", new Unpool(2)),
            ("deconv", new Conv2D(Channels, FilterSize, Flip: Flip)),
            ("output", new Flatten()));
    }

    /// <summary>The part of a network built here from images to codes (n, code).</summary>
    public static Network Encoder(Network network) => network.UpTo(CodeLayer);

    /// <summary>The part of a network built here from codes (n, code) to flattened images.</summary>
    public static Network Decoder(Network network) => network.From(HiddenLayer);

    /// <summary>(length + k - 1) / 2: what unpooling has to double so that the last convolution gives the length back.</summary>
    private int Unpooled(string axis, int length)
    {
        if (FilterSize < 1 || length < 1 || Channels < 1) return 1; // Refused by the layers themselves.
        if (length < FilterSize + 1)
            throw Misfit("conv (conv)", $"filters of {FilterSize} and a pooling by 2 need a {axis} of at least {FilterSize + 1}, or a filter size of at most {length - 1}");
        var even = (length + FilterSize - 1) % 2 == 0;
        return even ? (length + FilterSize - 1) / 2 : throw Misfit("deconv (conv)",
            $"unpooling by 2 gives even lengths, and {axis} {length} with filters of {FilterSize} needs {length + FilterSize - 1}; "
            + $"a filter size of {FilterSize - 1} or {FilterSize + 1} would fit this {axis}, or a {axis} of {length - 1} or {length + 1}"
            + (Height % 2 == Width % 2 ? "" : " (height and width have to be both even or both odd)"));
    }

    private ShapeException Misfit(string layer, string fits) =>
        new($"layer {layer}: images of shape {Shape.Of(Channels, Height, Width)} came in; {fits}");
}
