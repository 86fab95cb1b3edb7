using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Autoencoders;

/// <summary>
/// How many blobs are in an image, learned from few labelled ones: by a small head on a code that was learned without labels, by the same head on the
/// pixels and on nothing but their sum, and by encoder and head together, from scratch. A code of winners is summed over each map, since a blob counts the
/// same wherever it lies. Each is stopped by a fifth of its labelled images, and judged by others.
/// </summary>
/// <param name="Trained">An autoencoder that has been trained, on any images.</param>
/// <param name="Steps">Of a training, about; at least one epoch.</param>
/// <param name="Rate">Adam's.</param>
public sealed record BlobCounting(TrainedAutoencoder Trained, int Steps = 1500, double Rate = 0.002, IBackend? Backend = null)
{
    private const int Batch = 32, Units = 64, LeastShare = 5, Together = 128;

    /// <summary>Mean absolute errors of the count.</summary>
    public readonly record struct Errors(double Code, double Pixels, double Sum, double Scratch);

    /// <summary>The errors on test images.</summary>
    /// <param name="labelled">Images with counts, 10 at least.</param>
    /// <param name="test">Others, with counts.</param>
    /// <exception cref="ArgumentException">There are fewer, or they have no counts.</exception>
    public Errors Of(Images labelled, Images test, ulong seed)
    {
        if (labelled.Count < 2 * LeastShare || labelled.Labels is null || test.Labels is null) throw new ArgumentException($"{labelled.Count} labelled images found, 10 at least expected, with their counts, and test images with theirs", nameof(labelled));
        var (few, many) = (Trained.Standardization.Apply(labelled.Pixels), Trained.Standardization.Apply(test.Pixels));
        var encoder = Encoder;
        (string, Layer)[] image = [("input", new Input(few.Sizes[1], few.Sizes[2], few.Sizes[3]))];
        double Error((string, Layer)[] layers, Tensor<float> from, Tensor<float> to) => this.Error(layers, from, to, labelled.Labels, test.Labels, seed);
        double Features(Expr features, Store<float> store)
        {
            var (fewOf, manyOf) = (Of(features, store, few), Of(features, store, many));
            var scale = Standardization.Of((Examples)fewOf);
            return Error([("input", new Input(fewOf.Sizes[1])), .. Head], scale.Apply(fewOf), scale.Apply(manyOf));
        }
        return new(
            Features(encoder.Output, Trained.Store),
            Error([.. image, ("flatten", new Flatten()), .. Head], few, many),
            Features(encoder.Input.Mean([1, 2, 3]).Unsqueeze(1), new()),
            Error([.. image, .. encoder.Layers.Skip(1).Select(l => (l.Name, l.Layer)), .. Head], few, many));

        Tensor<float> Of(Expr features, Store<float> store, Tensor<float> images)
        {
            var function = Compiler.Compile(new Computation([encoder.Input], [features]), store, Backend);
            return Tensor<float>.Of(Enumerable.Range(0, Batches.Count(images.Sizes[0], Together)).SelectMany(b => function.Invoke(images.Rows(b * Together, Math.Min(images.Sizes[0], (b + 1) * Together)))[0].Span.ToArray()), images.Sizes[0], (int)features.Shape[1].Value!.Value);
        }
    }

    /// <summary>From images to what the head counts by.</summary>
    private Network Encoder => Trained.Options.Variant is Variant.Winners
        ? Network.Of([.. Trained.Network.Nodes.Where(n => n.Inputs.IsEmpty)], [new GlobalPool(map => map.Sum([2, 3])).On("sums", Trained.Network.Nodes.Single(n => n.Name == ConvolutionalAutoencoder.MapLayer))])
        : ConvolutionalAutoencoder.Encoder(Trained.Network);

    private static (string, Layer)[] Head => [("units", new Dense(Units, Formulas.Relu)), ("count", new Dense(1))];

    private double Error((string, Layer)[] layers, Tensor<float> few, Tensor<float> many, Tensor<int> counts, Tensor<int> wanted, ulong seed)
    {
        var network = Network.Sequential(layers);
        var (n, validate) = (few.Sizes[0], few.Sizes[0] / LeastShare);
        var targets = Tensor<float>.Of(counts.Span.ToArray().Select(c => (float)c), n, 1);
        var options = new TrainingOptions(Math.Max(1, Steps / Batches.Count(n - validate, Batch)), Batch, seed);
        var trainer = new Trainer(TrainingTask.Prediction(network), new Adam(Rate), options, Backend);
        trainer.Fit([few.Rows(validate, n), targets.Rows(validate, n)], [few.Rows(0, validate), targets.Rows(0, validate)]);
        var predict = Compiler.Compile(new Computation([network.Input], [network.Output]), trainer.Store, Backend);
        return predict.Invoke(many)[0].Span.ToArray().Zip(wanted.Span.ToArray(), (p, c) => Math.Abs((double)p - c)).Average();
    }
}
