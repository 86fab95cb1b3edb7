using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Objectives;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Autoencoders;

/// <summary>
/// The encoder's layers, learned one after the other before all are learned together: the convolution by an autoencoder of images, then the code by one of
/// what the convolution gives, which stays as it is. J. Masci, U. Meier, D. Cireşan, J. Schmidhuber, Stacked convolutional auto-encoders, ICANN 2011.
/// </summary>
public static class StackedPretraining
{
    /// <summary>The values of the encoder's parameters, by their names in the whole network.</summary>
    /// <param name="epochs">For each of the two.</param>
    /// <param name="transform">What is done to each batch.</param>
    /// <param name="told">A line for each.</param>
    public static ImmutableDictionary<string, Tensor<float>> Of(
        ConvolutionalAutoencoder options, Network network, int epochs, Optimizer optimizer, int batch, ulong seed, BatchTransform? transform, Examples train, Examples validation, IBackend? backend, Action<string> told)
    {
        ImmutableDictionary<string, Tensor<float>> Learned(string layer, TrainingTask task, IReadOnlyDictionary<string, Tensor<float>>? before)
        {
            var result = new Trainer(task, optimizer, new TrainingOptions(epochs, batch, seed, transform), backend, before).Fit([train], [validation]);
            if (result.Best is not { } best) return ImmutableDictionary<string, Tensor<float>>.Empty;
            told(FormattableString.Invariant($"{layer} by itself, {epochs} epochs: validation error {best.ValidationError:0.00000}"));
            return best.Values;
        }
        var convolution = Learned(ConvolutionalAutoencoder.ConvLayer, Convolution(options), null);
        var code = Learned(ConvolutionalAutoencoder.CodeLayer, Code(network), convolution);
        told("");
        var own = network.Parameters.Select(p => p.Name).ToHashSet();
        return convolution.SetItems(code).Where(v => own.Contains(v.Key) && IsOf(v.Key, ConvolutionalAutoencoder.ConvLayer, ConvolutionalAutoencoder.CodeLayer)).ToImmutableDictionary();
    }

    /// <summary>Convolution, pooling, and back: unpooling and a convolution that gives the border back.</summary>
    private static TrainingTask Convolution(ConvolutionalAutoencoder options)
    {
        var (h, w) = (options.Height - options.FilterSize + 1, options.Width - options.FilterSize + 1);
        return TrainingTask.Reconstruction(Network.Sequential(
        [
            ("input", new Input(options.Channels, options.Height, options.Width)),
            (ConvolutionalAutoencoder.ConvLayer, new Conv2D(options.Filters, options.FilterSize, Flip: options.Flip)),
            ("pool", new MaxPool2D(2)),
            ("unpool", new Unpool(2)),
            .. h % 2 + w % 2 > 0 ? new (string, Layer)[] { ("pad", new Pad([(0, h % 2), (0, w % 2)])) } : [],
            ("conv_back", new Conv2D(options.Channels, options.FilterSize, Border: Border.Full, Flip: options.Flip)),
        ]));
    }

    /// <summary>From what the convolution gives to the code and back to it; the convolution is not learned here.</summary>
    private static TrainingTask Code(Network network)
    {
        var encoder = network.UpTo(ConvolutionalAutoencoder.CodeLayer).Between(["input"], [ConvolutionalAutoencoder.FeaturesLayer, ConvolutionalAutoencoder.CodeLayer]);
        var x = encoder.Input;
        var (features, codes) = (encoder.Outputs[0].StopGradient(), encoder.Outputs[1]);
        var back = new Dense((int)features.Shape[1].Value!.Value).Bind("code_back", codes.Shape);
        var loss = Losses.SquaredError(back.Apply(Mode.Training, default, codes).Value, features);
        return new([x], loss, loss, [.. encoder.Parameters.Select(p => IsOf(p.Name, ConvolutionalAutoencoder.ConvLayer) ? p with { Tags = p.Tags.Add(Parameter.Statistic) } : p), .. back.Parameters], []);
    }

    private static bool IsOf(string parameter, params ReadOnlySpan<string> layers)
    {
        foreach (var layer in layers)
            if (parameter.StartsWith($"{layer}/", StringComparison.Ordinal)) return true;
        return false;
    }
}
