using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>The usual schedules, as factors f(t) of the learning rate after t steps. Beyond their end they stay at their last value.</summary>
public static partial class Schedules
{
    /// <summary>f = 1</summary>
    public static Schedule Constant { get; } = _ => 1;

    /// <summary>f = γ^⌊t / k⌋: times γ after each k steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is less than 1, or γ not positive.</exception>
    public static Schedule Step(int every, double factor)
    {
        var (k, gamma) = (Count(every), Positive(factor));
        // A half more, so that no rounding of the quotient falls below a whole number.
        return t => gamma.Pow(((t + 0.5) / k).Floor());
    }

    /// <summary>f = γ^(t / k): γ after k steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is less than 1, or γ not positive.</exception>
    public static Schedule Exponential(double factor, int over = 1)
    {
        var (k, gamma) = (Count(over), Positive(factor));
        return t => gamma.Pow(t / k);
    }

    /// <summary>f = b + (1 - b) (1 + cos πt/T) / 2: from 1 to the floor b in T steps. I. Loshchilov, F. Hutter, ICLR 2017, without restarts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">T is less than 1, or b not in [0, 1].</exception>
    public static Schedule Cosine(int steps, double floor = 0)
    {
        var (length, b) = (Count(steps), Share(floor));
        return t => Swing(1, b, Formulas.Minimum(t, length) / length);
    }

    /// <summary>f = min(1, (t + 1) / W) · g(max(t - W, 0)): rises in W steps to where the schedule g begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">W is negative.</exception>
    public static Schedule Warmup(int steps, Schedule then) => steps switch
    {
        < 0 => throw new ArgumentOutOfRangeException(nameof(steps), $"a warm-up of {steps} steps cannot be had, one of at least 0 can"),
        0 => then,
        _ => t => Formulas.Minimum((t + 1) / steps, 1) * then(Formulas.Maximum(t - steps, 0)),
    };

    /// <summary>
    /// One cycle of T steps: by a cosine from the share at the start up to 1 after ρT - 1 steps, and down to the share at the end after T - 1. L. Smith, N. Topin,
    /// Super-Convergence, 2018; PyTorch's OneCycleLR, whose shares these are.
    /// </summary>
    /// <param name="steps">T, at least 2.</param>
    /// <param name="rising">ρ, the share of the steps that rises, 0 to less than 1.</param>
    /// <param name="start">What the rate begins with, a share of its largest.</param>
    /// <param name="end">What it ends with.</param>
    /// <exception cref="ArgumentOutOfRangeException">T is less than 2, or a share not in [0, 1], or ρ is 1.</exception>
    public static Schedule OneCycle(int steps, double rising = 0.3, double start = 1.0 / 25, double end = 1.0 / 250_000)
    {
        if (steps < 2) throw new ArgumentOutOfRangeException(nameof(steps), $"a cycle of {steps} steps cannot be had, one of at least 2 can");
        if (!(rising is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rising), $"{Printer.Number(rising)} of a cycle cannot rise, 0 up to less than 1 can");
        var (low, last, top, final) = (Share(start), Share(end), rising * steps - 1, steps - 1);
        Expr Fall(Expr t) => Swing(1, last, (Formulas.Minimum(t, final) - Math.Max(top, 0)) / (final - Math.Max(top, 0)));
        return top <= 0 ? Fall : t => Formulas.Where(Formulas.Less(t, top), Swing(low, 1, t / top), Fall(t));
    }

    /// <summary>f(t) for t &lt; n, then g(t - n).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    public static Schedule Then(this Schedule first, int after, Schedule next)
    {
        var n = Count(after);
        return t => Formulas.Where(Formulas.Less(t, n), first(t), next(Formulas.Maximum(t - n, 0)));
    }

    /// <summary>From one value to another along half a cosine, as s goes from 0 to 1.</summary>
    private static Expr Swing(double from, double to, Expr s) => to + (from - to) / 2 * (1 + (Math.PI * s).Cos());

    private static int Count(int steps) => steps >= 1 ? steps : throw new ArgumentOutOfRangeException(nameof(steps), $"{steps} steps cannot be had, 1 or more can");

    private static Expr Positive(double factor) => double.IsFinite(factor) && factor > 0
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), $"a factor of {Printer.Number(factor)} cannot be used, a positive number can");

    private static double Share(double share) => share is >= 0 and <= 1
        ? share
        : throw new ArgumentOutOfRangeException(nameof(share), $"{Printer.Number(share)} of the rate cannot be used, 0 to 1 can");
}
