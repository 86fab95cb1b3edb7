using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>Pixels as deviations from their mean: (x - mean) / deviation, with one mean and deviation for all pixels.</summary>
public sealed record Standardization(double Mean, double Deviation)
{
    private const int Block = 2048;

    /// <summary>The mean and the (population) standard deviation of all values, summed in double precision.</summary>
    /// <exception cref="DataException">There are no pixels, one is not finite, or all are equal.</exception>
    public static Standardization Of(Examples pixels)
    {
        if (pixels.Length == 0) throw new DataException("images: there are none to learn from");
        var mean = MeanOf(pixels);
        var deviation = DeviationOf(pixels, mean);
        return !double.IsFinite(deviation) ? throw new DataException("images: a pixel is not a finite number")
            : deviation == 0 ? throw new DataException(FormattableString.Invariant($"images: every pixel is {mean}, there is nothing to learn from"))
            : new(mean, deviation);
    }

    public Tensor<float> Apply(Tensor<float> pixels) => Scaled(pixels, 1 / Deviation, -Mean / Deviation);

    /// <summary>The same for pixels that are made as they are read.</summary>
    public Examples Apply(Examples pixels) => pixels.Changed(values => Sweeps.Scale(values, 1 / Deviation, -Mean / Deviation));

    /// <summary>The pixels that <see cref="Apply(Tensor{float})"/> was given, up to rounding.</summary>
    public Tensor<float> Undo(Tensor<float> standardized) => Scaled(standardized, Deviation, Mean);

    private static Tensor<float> Scaled(Tensor<float> tensor, double scale, double offset) => Tensor<float>.Build(tensor.Sizes, values =>
    {
        tensor.Span.CopyTo(values);
        Sweeps.Scale(values, scale, offset);
    });

    // Many sums at once, and a sum for each block, stay small beside their terms: one running sum of thirty million pixels loses six digits.
    private static double MeanOf(Examples pixels)
    {
        var sums = new double[Block];
        foreach (var block in Blocks(pixels)) Sweeps.Add(block.Span, sums);
        return sums.Sum() / pixels.Length;
    }

    private static double DeviationOf(Examples pixels, double mean)
    {
        var means = Enumerable.Repeat(mean, Block).ToArray();
        return Math.Sqrt(Blocks(pixels).Sum(block => Sweeps.SquaredDeviation(block.Span, means)) / pixels.Length);
    }

    /// <summary>All pixels in turn, in the same memory.</summary>
    private static IEnumerable<ReadOnlyMemory<float>> Blocks(Examples pixels)
    {
        var block = new float[Block];
        for (var start = 0L; start < pixels.Length; start += Block)
        {
            var part = block.AsMemory(0, (int)Math.Min(Block, pixels.Length - start));
            pixels.Read(start, part.Span);
            yield return part;
        }
    }
}
