using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Autoencoders;

/// <summary>
/// The network of <i>Convolutional autoencoders in python/theano/lasagne</i>, for images of any size: convolution, pooling, a narrow
/// code, a wide hidden layer, unpooling and a convolution back. Only the two dense layers have activations.
/// </summary>
/// <param name="Filters">Of the first convolution, and images in the decoder.</param>
/// <param name="FilterSize">The side k of the square filters, less than the image's sides.</param>
/// <param name="Code">How many numbers an image becomes; of the variant with winners it does not matter.</param>
/// <param name="CodeActivation">One of <see cref="Activations.Names"/>.</param>
/// <param name="HiddenActivation">One of <see cref="Activations.Names"/>.</param>
/// <param name="Flip">True convolutions, as Lasagne has them.</param>
/// <param name="Variation">One of <see cref="Autoencoders.Variant"/>, as it is written.</param>
public sealed record ConvolutionalAutoencoder(
    int Height,
    int Width,
    int Channels = 1,
    int Filters = 32,
    int FilterSize = 7,
    int Code = 40,
    string CodeActivation = "relu",
    string HiddenActivation = "relu",
    bool Flip = true,
    string Variation = "plain")
{
    internal const string CodeLayer = "code", StatisticsLayer = "statistics", ConvLayer = "conv", FeaturesLayer = "flatten", MapLayer = "winners";

    private const string HiddenLayer = "hidden", ProjectLayer = "project";

    /// <summary>What the variant is.</summary>
    /// <exception cref="ArgumentException">There is no such variant.</exception>
    [System.Text.Json.Serialization.JsonIgnore]
    public Variant Variant => Variant.Parse(Variation);

    /// <summary>How many numbers an image becomes: Code, or with winners a whole map of each filter.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int CodeLength => Variant is Variant.Winners ? checked(Filters * Height * Width) : Code;

    /// <summary>Numbers of an image.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Pixels => Channels * Height * Width;

    /// <summary>
    /// The network: images (n, channels, height, width) to the same, flattened. Unpooling doubles what the last convolution needs, rounded up; one row or
    /// column too many is left out.
    /// </summary>
    /// <exception cref="ShapeException">The sizes do not fit: says which layer, what came in and what would fit.</exception>
    /// <exception cref="ArgumentException">There is no such activation or variant.</exception>
    public Network Build()
    {
        if (Variant is Variant.Winners winners) return OfWinners(winners.Window);
        RequireRoom();
        return Network.Sequential([("input", new Input(Channels, Height, Width)), .. Noise(), .. Encoder(), .. Decoder(), ("output", new Flatten())]);
    }

    /// <summary>A map of each filter, of which the winners are the code, and the same number of filters to paint with.</summary>
    private Network OfWinners(int window) => Network.Sequential(
        ("input", new Input(Channels, Height, Width)),
        (ConvLayer, new Conv2D(Filters, FilterSize, CodeFunction, Border.Same, Flip: Flip)),
        (MapLayer, new Winners(window)),
        (CodeLayer, new Flatten()),
        (HiddenLayer, new Reshape(Filters, Height, Width)),
        ("deconv", new Conv2D(Channels, FilterSize, Border: Border.Same, Flip: Flip)),
        ("output", new Flatten()));

    /// <summary>The part of a network built here from images to codes (n, code).</summary>
    public static Network Encoder(Network network) => network.UpTo(CodeLayer);

    /// <summary>The part of a network built here from codes (n, code) to flattened images.</summary>
    public static Network Decoder(Network network) => network.From(HiddenLayer);

    private Func<Expr, Expr> CodeFunction => Activations.Named(CodeActivation);

    private Func<Expr, Expr> HiddenFunction => Activations.Named(HiddenActivation);

    private (string, Layer)[] Noise() => Variant is Variant.Denoising { Layer: var noise } ? [("noise", noise)] : [];

    private (string, Layer)[] Encoder() =>
    [
        (ConvLayer, new Conv2D(Filters, FilterSize, Flip: Flip)),
        ("pool", new MaxPool2D(2)),
        (FeaturesLayer, new Flatten()),
        .. Variant switch
        {
            Variant.Variational => new (string, Layer)[] { (StatisticsLayer, new Dense(2 * Code)), (CodeLayer, new Sampled()) },
            Variant.Tied => [(ProjectLayer, new Dense(Code)), (CodeLayer, new Nonlinearity(CodeFunction, CodeActivation))],
            _ => [(CodeLayer, new Dense(Code, CodeFunction))],
        },
    ];

    private (string, Layer)[] Decoder()
    {
        if (Variant is Variant.Tied)
        {
            var (h, w) = (Height - FilterSize + 1, Width - FilterSize + 1);
            return
            [
                (HiddenLayer, new Inverse(ProjectLayer)),
                ("hidden_bias", new Bias()),
                ("hidden_active", new Nonlinearity(HiddenFunction, HiddenActivation)),
                ("reshape", new Reshape(Filters, h / 2, w / 2)),
                ("unpool", new Unpool(2)),
                // What pooling dropped.
                .. h % 2 + w % 2 > 0 ? new (string, Layer)[] { ("pad", new Pad([(0, h % 2), (0, w % 2)])) } : [],
                ("deconv", new Inverse(ConvLayer)),
                ("bias", new Bias()),
            ];
        }
        var (u, v) = (Unpooled(Height), Unpooled(Width));
        return
        [
            (HiddenLayer, new Dense(Filters * u * v, HiddenFunction)),
            ("reshape", new Reshape(Filters, u, v)),
            ("unpool", new Unpool(2)),
            ("deconv", new Conv2D(Channels, FilterSize, Flip: Flip)),
            .. 2 * u - FilterSize + 1 > Height ? new (string, Layer)[] { ("crop_height", new Slice(0, Height, Axis: 2)) } : [],
            .. 2 * v - FilterSize + 1 > Width ? new (string, Layer)[] { ("crop_width", new Slice(0, Width, Axis: 3)) } : [],
        ];
    }

    /// <summary>(length + k - 1) / 2, rounded up: what unpooling has to double so that the last convolution gives the length back.</summary>
    private int Unpooled(int length) => (length + FilterSize) / 2;

    private void RequireRoom()
    {
        if (FilterSize < 1 || Height < 1 || Width < 1 || Channels < 1) return; // Refused by the layers themselves.
        foreach (var (axis, length) in new[] { ("height", Height), ("width", Width) })
            if (length < FilterSize + 1)
                throw new ShapeException($"layer {ConvLayer} (conv): images of shape {Shape.Of(Channels, Height, Width)} came in; "
                    + $"filters of {FilterSize} and a pooling by 2 need a {axis} of at least {FilterSize + 1}, or a filter size of at most {length - 1}");
    }
}
