using AutoDiffAE.Checking;

namespace AutoDiffAE.Properties;

/// <summary>Whether differences can say nothing, told from values of the function alone, so that no wrong derivative hides behind it.</summary>
internal static class Kink
{
    /// <summary>
    /// The estimate's own error is large; or (f(h) + f(-h) - 2 f(0)) / h, which falls with h where f is smooth, does not: f has a kink or a
    /// jump within h of 0.
    /// </summary>
    public static bool Near(Func<double, double[]> f, double[] weights, Estimate estimate)
    {
        if (!(estimate.Error < 1e-3 * (1 + Math.Abs(estimate.Value)))) return true;
        var middle = f(0);
        double Bend(double h)
        {
            var (above, below) = (f(h), f(-h));
            return Enumerable.Range(0, weights.Length).Sum(i => Math.Abs(weights[i] * (above[i] + below[i] - 2 * middle[i]))) / h;
        }
        var scale = 1 + middle.Sum(Math.Abs);
        return Bend(1.0 / 2048) > Math.Max(1e-9 * scale, Bend(1.0 / 256) / 4);
    }
}
