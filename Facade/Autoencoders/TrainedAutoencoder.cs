using System.Text.Json;
using System.Text.Json.Serialization;
using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Autoencoders;

/// <summary>A convolutional autoencoder with its values: it encodes, decodes and reconstructs images in their own units.</summary>
public sealed class TrainedAutoencoder
{
    private const string Kind = "convolutional-autoencoder", NetworkEntry = "network", MeanEntry = "mean", DeviationEntry = "deviation";
    private const int Version = 1, Batch = 128;

    private static readonly JsonSerializerOptions Json = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private sealed record Description(string Kind, int Version, ConvolutionalAutoencoder Options);

    private readonly Lazy<Function<float>> _encode, _decode, _reconstruct;

    /// <param name="store">Has a value for each parameter of the network.</param>
    public TrainedAutoencoder(ConvolutionalAutoencoder options, Network network, Store<float> store, Standardization standardization, IBackend? backend = null)
    {
        (Options, Network, Store, Standardization) = (options, network, store, standardization);
        Lazy<Function<float>> Compiled(Network part) => new(() => Compiler.Compile(new Computation([part.Input], [part.Output]), store, backend));
        (_encode, _decode, _reconstruct) = (Compiled(ConvolutionalAutoencoder.Encoder(network)), Compiled(ConvolutionalAutoencoder.Decoder(network)), Compiled(network));
    }

    public ConvolutionalAutoencoder Options { get; }

    public Network Network { get; }

    public Store<float> Store { get; }

    public Standardization Standardization { get; }

    /// <summary>Images (n, channels, height, width) to codes (n, code).</summary>
    /// <exception cref="DataException">The images are of another size than the network's.</exception>
    public Tensor<float> Encode(Tensor<float> images) => InBatches(_encode.Value, Standardization.Apply(Fitting(images)), [Options.CodeLength]);

    /// <summary>Codes (n, code) to images (n, channels, height, width).</summary>
    /// <exception cref="DataException">The codes are of another length than the network's.</exception>
    public Tensor<float> Decode(Tensor<float> codes) => codes.Rank == 2 && codes.Sizes[1] == Options.CodeLength
        ? Standardization.Undo(InBatches(_decode.Value, codes, Image))
        : throw new DataException($"codes of shape {codes.Shape} came in; this model decodes (n, {Options.CodeLength})");

    /// <summary>Images (n, channels, height, width) to what the network makes of them.</summary>
    /// <exception cref="DataException">The images are of another size than the network's.</exception>
    public Tensor<float> Reconstruct(Tensor<float> images) => Standardization.Undo(InBatches(_reconstruct.Value, Standardization.Apply(Fitting(images)), Image));

    /// <summary>Writes the network's parameters by name, the network's description, and the mean and deviation of the pixels.</summary>
    /// <exception cref="DataException">The file cannot be written.</exception>
    public static void Save(string path, ConvolutionalAutoencoder options, Snapshot parameters, Standardization standardization) =>
        ParameterFile.Write(path, options.Build().Parameters.ToDictionary(p => p.Name, p => parameters.Values[p.Name]),
            (NetworkEntry, StoredArray.OfText(JsonSerializer.Serialize(new Description(Kind, Version, options), Json))),
            (MeanEntry, StoredArray.Of(Tensor<double>.Scalar(standardization.Mean))),
            (DeviationEntry, StoredArray.Of(Tensor<double>.Scalar(standardization.Deviation))));

    /// <exception cref="DataException">The file is missing, damaged, of another kind, or its parameters do not fit: all that is wrong with them is listed.</exception>
    public static TrainedAutoencoder Load(string path, IBackend? backend = null)
    {
        var file = ArrayFile.Open(path);
        var (options, network) = Described(file, path);
        var values = ParameterFile.Read(file, path, network.Parameters, NetworkEntry, MeanEntry, DeviationEntry);
        var store = new Store<float>();
        foreach (var parameter in network.Parameters) store[parameter.Variable] = values[parameter.Name];
        return new(options, network, store, new(Number(file, path, MeanEntry), Number(file, path, DeviationEntry)), backend);
    }

    private int[] Image => [Options.Channels, Options.Height, Options.Width];

    private Tensor<float> Fitting(Tensor<float> images) => images.Rank == 4 && images.Sizes[1..].SequenceEqual(Image)
        ? images
        : throw new DataException($"layer input: images of shape {images.Shape} came in; this model takes (n, {string.Join(", ", Image)})");

    private static Tensor<float> InBatches(Function<float> function, Tensor<float> examples, int[] sizes)
    {
        var n = examples.Sizes[0];
        return Tensor<float>.Of(Enumerable.Range(0, Batches.Count(n, Batch))
            .SelectMany(b => function.Invoke(examples.Rows(b * Batch, Math.Min(n, (b + 1) * Batch)))[0].Span.ToArray()), [n, .. sizes]);
    }

    private static (ConvolutionalAutoencoder Options, Network Network) Described(ArrayFile file, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Description>(file[NetworkEntry].AsText(), Json) switch
            {
                { Kind: Kind, Version: Version, Options: { } options } => (options, options.Build()),
                { Kind: Kind, Version: var version } => throw new DataException($"{path}: is a model of format {version}, this program reads format {Version}"),
                var other => throw new DataException($"{path}: is a model of the kind {other?.Kind}, {Kind} was expected"),
            };
        }
        catch (Exception e) when (e is JsonException or ShapeException or ArgumentException)
        {
            throw new DataException($"{path}: its description of the network cannot be used ({e.Message})", e);
        }
    }

    private static double Number(ArrayFile file, string path, string name) => file[name].As<double>() is { Length: 1 } number && double.IsFinite(number.Value)
        ? number.Value
        : throw new DataException($"{path}: {name} has to be one finite number");
}
