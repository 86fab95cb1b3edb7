using AutoDiffAE.Optimizers;

namespace AutoDiffAE.Cli;

/// <summary>How a training steps, as it was asked for beside the rate and the momentum.</summary>
/// <param name="Optimizer">One of <see cref="Optimizers.Optimizer.Names"/>.</param>
/// <param name="Schedule">One of <see cref="Schedules.Names"/>, over all epochs.</param>
/// <param name="Warmup">Steps in which the rate rises.</param>
/// <param name="ClipNorm">The most that the norm of all gradients together may be.</param>
/// <param name="WeightDecay">The optimizer's own where not given.</param>
/// <param name="Average">How much of the parameters' average each step keeps; no average where not given.</param>
internal sealed record Learning(string Optimizer, string Schedule, int Warmup, double? ClipNorm, double? WeightDecay, double? Average = null)
{
    /// <summary>The post's: Nesterov's momentum at one rate.</summary>
    public static readonly Learning Standard = new("nesterov", "constant", 0, null, null);

    /// <param name="rate">The largest, where there is a schedule.</param>
    /// <param name="momentum">Of those optimizers that have one.</param>
    /// <param name="steps">Of the training.</param>
    /// <exception cref="UsageException">The schedule does not fit as many steps.</exception>
    public Optimizer Over(double rate, double momentum, int steps)
    {
        var plain = Optimizers.Optimizer.Named(Optimizer, rate, HasMomentum ? momentum : null, WeightDecay);
        var clipped = ClipNorm is { } norm ? plain.With(Clipping.ByGlobalNorm(norm)) : plain;
        return Average is { } decay ? Scheduled(clipped, steps).Averaged(decay) : Scheduled(clipped, steps);
    }

    private Optimizer Scheduled(Optimizer clipped, int steps)
    {
        if ((Schedule, Warmup) == (Standard.Schedule, 0)) return clipped;
        if (Warmup >= steps) throw new UsageException($"--warmup {Warmup}: the training has {steps} steps, a warm-up of fewer would do");
        return steps > 1 ? clipped.With(Schedules.Named(Schedule, steps, Warmup)) : throw new UsageException($"--schedule {Schedule}: the training has one step, two or more can be scheduled");
    }

    public bool HasMomentum => Optimizers.Optimizer.HasMomentum(Optimizer);
}
