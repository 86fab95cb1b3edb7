using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>Pixels as deviations from their mean: (x - mean) / deviation, with one mean and deviation for all pixels.</summary>
public sealed record Standardization(double Mean, double Deviation)
{
    /// <summary>The mean and the (population) standard deviation of all values, summed in double precision.</summary>
    /// <exception cref="DataException">There are no pixels, one is not finite, or all are equal.</exception>
    public static Standardization Of(Tensor<float> pixels)
    {
        if (pixels.Length == 0) throw new DataException("images: there are none to learn from");
        var mean = MeanOf(pixels.Span, 0, static (x, _) => x);
        var deviation = Math.Sqrt(MeanOf(pixels.Span, mean, static (x, mean) => (x - mean) * (x - mean)));
        return !double.IsFinite(deviation) ? throw new DataException("images: a pixel is not a finite number")
            : deviation == 0 ? throw new DataException(FormattableString.Invariant($"images: every pixel is {mean}, there is nothing to learn from"))
            : new(mean, deviation);
    }

    public Tensor<float> Apply(Tensor<float> pixels) => Map(pixels, 1 / Deviation, -Mean / Deviation);

    /// <summary>The pixels that <see cref="Apply"/> was given, up to rounding.</summary>
    public Tensor<float> Undo(Tensor<float> standardized) => Map(standardized, Deviation, Mean);

    private static Tensor<float> Map(Tensor<float> tensor, double scale, double offset) => Tensor<float>.Build(tensor.Sizes, values =>
    {
        var from = tensor.Span;
        for (var i = 0; i < values.Length; i++) values[i] = (float)(from[i] * scale + offset);
    });

    // Blocks keep the partial sums small beside their terms: one running sum of thirty million pixels loses six digits.
    private static double MeanOf(ReadOnlySpan<float> values, double mean, Func<double, double, double> of)
    {
        const int block = 4096;
        var sum = 0.0;
        for (var start = 0; start < values.Length; start += block)
        {
            var part = 0.0;
            foreach (var value in values[start..Math.Min(values.Length, start + block)]) part += of(value, mean);
            sum += part;
        }
        return sum / values.Length;
    }
}
