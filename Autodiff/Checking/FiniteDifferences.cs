namespace AutoDiffAE.Checking;

/// <summary>
/// Central differences D(h) = (f(h) - f(-h)) / 2h of a vector function of one real, weighted and summed, at four steps. Extrapolation to
/// step 0 removes the errors in h² and h⁴; what the last removal and the last halving changed bounds what is left, and rounding adds
/// its ε/h. (One change alone can be small by accident, where errors of two orders cancel.)
/// </summary>
public static class FiniteDifferences
{
    private const double Rounding = 1e3 * 2.220446049250313e-16;

    /// <summary>d/dt ⟨weights, f(t)⟩ at t = 0, from steps h, h/2, h/4 and h/8.</summary>
    public static Estimate At(Func<double, double[]> f, double[] weights, double h)
    {
        var scale = 1.0;
        double Central(double step)
        {
            var (above, below) = (f(step), f(-step));
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * (above[i] - below[i]);
                scale += Math.Abs(weights[i]) * (Math.Abs(above[i]) + Math.Abs(below[i]));
            }
            return sum / (2 * step);
        }
        var (d0, d1, d2, d3) = (Central(h), Central(h / 2), Central(h / 4), Central(h / 8));
        var (r1, r2, r3) = ((4 * d1 - d0) / 3, (4 * d2 - d1) / 3, (4 * d3 - d2) / 3);
        var (s, t) = ((16 * r2 - r1) / 15, (16 * r3 - r2) / 15);
        return new(t, Math.Abs(t - s) + Math.Abs(t - r3) + Rounding * scale / h);
    }

    /// <summary>Whether a derivative agrees with the differences; smaller steps are tried while the estimate is poor.</summary>
    /// <returns>The estimate that it does not agree with, or null where it agrees.</returns>
    public static Estimate? Refute(double derivative, Func<double, double[]> f, double[] weights) =>
        Best(f, weights) is var estimate && Agree(derivative, estimate) ? null : estimate;

    /// <summary>Whether a derivative is within the estimate's error, and the estimate good for something.</summary>
    public static bool Agree(double derivative, Estimate estimate) => Math.Abs(derivative - estimate.Value) <= estimate.Error && IsGood(estimate);

    /// <summary>Whether the differences settled: beside a kink or a jump they do not.</summary>
    public static bool IsGood(Estimate estimate) => estimate.Error < 1e-3 * (1 + Math.Abs(estimate.Value));

    /// <summary>The best estimate of d/dt ⟨weights, f(t)⟩ at t = 0; smaller steps are tried while it is poor.</summary>
    public static Estimate Best(Func<double, double[]> f, double[] weights)
    {
        var best = new Estimate(double.NaN, double.PositiveInfinity);
        foreach (var h in new[] { 1.0 / 32, 1.0 / 256, 1.0 / 2048 })
        {
            var estimate = At(f, weights, h);
            if (estimate.Error < best.Error || double.IsNaN(best.Value)) best = estimate;
            if (best.Error < 1e-6 * (1 + Math.Abs(best.Value))) break;
        }
        return best;
    }
}
