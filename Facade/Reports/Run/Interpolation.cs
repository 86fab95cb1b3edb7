using System.Collections.Immutable;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>From one image to another through the code: the first, what the decoder makes of codes on the straight line between theirs, the last.</summary>
internal static class Interpolation
{
    /// <summary>Steps on the line, both ends among them.</summary>
    private const int Steps = 8;

    /// <summary>Images in a row.</summary>
    public const int Columns = Steps + 2;

    /// <param name="model">Encodes and decodes.</param>
    /// <param name="images">From which pairs are taken, of different classes where they have any.</param>
    /// <param name="pairs">How many rows at most.</param>
    /// <returns>(rows * <see cref="Columns"/>, channels, height, width); nothing where there are no two images.</returns>
    public static Tensor<float>? Of(TrainedAutoencoder model, Images images, int pairs)
    {
        var ends = Pairs(images).Take(pairs).SelectMany(p => (int[])[p.From, p.To]).ToImmutableArray();
        if (ends.IsEmpty) return null;
        var (pictures, each) = (RunFindings.Rows(images.Pixels, ends), images.Examples.Each);
        var codes = model.Encode(pictures);
        var d = codes.Sizes[1];
        var between = model.Decode(Tensor<float>.Of(
            from row in Enumerable.Range(0, ends.Length / 2)
            from step in Enumerable.Range(0, Steps)
            let t = step / (Steps - 1f)
            from k in Enumerable.Range(0, d)
            select (1 - t) * codes.Span[2 * row * d + k] + t * codes.Span[(2 * row + 1) * d + k], ends.Length / 2 * Steps, d));
        return Tensor<float>.Build([ends.Length / 2 * Columns, .. pictures.Sizes[1..]], values =>
        {
            for (var row = 0; row < ends.Length / 2; row++)
            {
                var target = values.Slice(row * Columns * each, Columns * each);
                pictures.Span.Slice(2 * row * each, each).CopyTo(target);
                between.Span.Slice(row * Steps * each, Steps * each).CopyTo(target[each..]);
                pictures.Span.Slice((2 * row + 1) * each, each).CopyTo(target[((Columns - 1) * each)..]);
            }
        });
    }

    /// <summary>Each class to the next one, the first image of each; without classes one image to the next.</summary>
    private static IEnumerable<(int From, int To)> Pairs(Images images)
    {
        var firsts = images.Labels is { } labels
            ? [.. Enumerable.Range(0, images.Count).GroupBy(i => labels.Span[i]).OrderBy(g => g.Key).Select(g => g.First())]
            : Enumerable.Range(0, images.Count).ToImmutableArray();
        return firsts.Length == 1 && images.Count > 1 ? [(0, 1)] : firsts.Chunk(2).Where(p => p.Length == 2).Select(p => (p[0], p[1]));
    }
}
