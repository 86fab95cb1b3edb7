using System.Collections.Immutable;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>What a trained autoencoder makes of images it was not trained on.</summary>
/// <param name="Images">The first of them, as many as fit.</param>
/// <param name="Reconstructions">Of the images' shape.</param>
/// <param name="Codes">(m, code), of the first m of them.</param>
/// <param name="Errors">The mean squared error of each image, in deviations of the pixels.</param>
internal sealed record RunFindings(Images Images, Tensor<float> Reconstructions, Tensor<float> Codes, ImmutableArray<double> Errors)
{
    private const int MostImages = 10_000, MostPixels = 1 << 25, MostCodes = 1500;

    public static RunFindings Of(TrainedAutoencoder model, Images validation)
    {
        var images = validation.Rows(0, Math.Min(validation.Count, Math.Min(MostImages, Math.Max(1, MostPixels / validation.Examples.Each))));
        var reconstructions = model.Reconstruct(images.Pixels);
        return new(images, reconstructions, model.Encode(images.Rows(0, Math.Min(images.Count, MostCodes)).Pixels), Deviations(images.Pixels, reconstructions, model.Standardization.Deviation));
    }

    /// <summary>Places of the images, those with the smallest errors first.</summary>
    public ImmutableArray<int> ByError => [.. Enumerable.Range(0, Errors.Length).OrderBy(i => Errors[i])];

    /// <summary>Some images, and what became of them.</summary>
    public (Tensor<float> Inputs, Tensor<float> Outputs) At(IEnumerable<int> places) => ImmutableArray.CreateRange(places) is var some ? (Rows(Images.Pixels, some), Rows(Reconstructions, some)) : default;

    /// <summary>Rows of a tensor along its first axis.</summary>
    public static Tensor<float> Rows(Tensor<float> all, IEnumerable<int> places)
    {
        ImmutableArray<int> some = [.. places];
        var each = all.Length / all.Sizes[0];
        return Tensor<float>.Build([some.Length, .. all.Sizes[1..]], values =>
        {
            for (var i = 0; i < some.Length; i++) all.Span.Slice(some[i] * each, each).CopyTo(values[(i * each)..]);
        });
    }

    private static ImmutableArray<double> Deviations(Tensor<float> inputs, Tensor<float> outputs, double deviation)
    {
        var (x, y) = (Expr.Variable("x", inputs.Shape), Expr.Variable("y", inputs.Shape));
        var errors = ((x - y) / deviation).Square().Mean([1, 2, 3]);
        return [.. Compiler.Compile(new Computation([x, y], [errors]), new Store<float>()).Invoke(inputs, outputs)[0].Span.ToArray().Select(e => (double)e)];
    }
}
