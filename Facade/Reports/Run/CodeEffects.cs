using System.Collections.Immutable;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>What each number of the code paints: the decoder's image of the mean code with that number one deviation larger, less the mean code's image.</summary>
/// <param name="Paintings">(k, channels, height, width), those that change most first.</param>
/// <param name="Units">Which number each belongs to, counted from 0.</param>
/// <param name="Unused">How many numbers never differ from image to image.</param>
internal sealed record CodeEffects(Tensor<float> Paintings, ImmutableArray<int> Units, int Unused)
{
    /// <param name="model">Decodes.</param>
    /// <param name="codes">(n, code), of images.</param>
    /// <param name="most">How many paintings at most.</param>
    public static CodeEffects Of(TrainedAutoencoder model, Tensor<float> codes, int most)
    {
        var (n, d) = (codes.Sizes[0], codes.Sizes[1]);
        var columns = Enumerable.Range(0, d).Select(u => Enumerable.Range(0, n).Select(i => (double)codes.Span[i * d + u]).ToArray()).ToArray();
        var means = columns.Select(c => c.Average()).ToArray();
        var deviations = columns.Zip(means, (c, mean) => Math.Sqrt(c.Average(v => (v - mean) * (v - mean)))).ToArray();
        // The mean code, then the same with each number in turn a deviation larger.
        var tried = Tensor<float>.Of(Enumerable.Range(-1, d + 1).SelectMany(u => means.Select((m, i) => (float)(i == u ? m + deviations[i] : m))), d + 1, d);
        var images = model.Decode(tried);
        var each = images.Length / (d + 1);
        var differences = Enumerable.Range(0, d).Select(u => images.Span.Slice((u + 1) * each, each).ToArray().Zip(images.Span[..each].ToArray(), (a, b) => a - b).ToArray()).ToArray();
        ImmutableArray<int> order = [.. Enumerable.Range(0, d).Where(u => deviations[u] > 0).OrderByDescending(u => differences[u].Sum(v => (double)v * v)).Take(most)];
        return new(Tensor<float>.Of(order.SelectMany(u => differences[u]), [order.Length, .. images.Sizes[1..]]), order, deviations.Count(s => !(s > 0)));
    }
}
