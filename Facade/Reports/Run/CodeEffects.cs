using System.Collections.Immutable;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Graph;
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
    /// <param name="most">How many paintings at most: those of the numbers that differ most.</param>
    public static CodeEffects Of(TrainedAutoencoder model, Tensor<float> codes, int most)
    {
        var x = Expr.Variable("x", codes.Shape);
        var moments = Compiler.Compile(new Computation([x], [x.Mean([0]), (x - x.Mean([0], keepDims: true)).Square().Mean([0]).Sqrt()]), new Store<float>()).Invoke(codes);
        var (means, deviations) = (moments[0].Span.ToArray(), moments[1].Span.ToArray());
        int[] units = [.. Enumerable.Range(0, means.Length).Where(u => deviations[u] > 0).OrderByDescending(u => deviations[u]).Take(most)];
        // The mean code, then the same with each number in turn a deviation larger.
        var images = model.Decode(Tensor<float>.Build([units.Length + 1, means.Length], tried =>
        {
            for (var row = 0; row <= units.Length; row++)
            {
                means.CopyTo(tried[(row * means.Length)..]);
                if (row > 0) tried[row * means.Length + units[row - 1]] += deviations[units[row - 1]];
            }
        }));
        var (each, mean) = (images.Length / images.Sizes[0], images.Span[..(images.Length / images.Sizes[0])].ToArray());
        var differences = Enumerable.Range(1, units.Length).Select(row => images.Span.Slice(row * each, each).ToArray().Zip(mean, (a, b) => a - b).ToArray()).ToArray();
        int[] order = [.. Enumerable.Range(0, units.Length).OrderByDescending(k => differences[k].Sum(v => (double)v * v))];
        return new(Tensor<float>.Of(order.SelectMany(k => differences[k]), [order.Length, .. images.Sizes[1..]]), [.. order.Select(k => units[k])], deviations.Count(s => !(s > 0)));
    }
}
