using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// Looks for a learning rate: some steps, each with a rate larger by the same factor, and the loss of each. L. Smith, WACV 2017.
/// </summary>
/// <param name="Steps">The rate of each step and its loss, up to the first loss that is no finite number or four times the least.</param>
public sealed record RateFinder(ImmutableArray<(double Rate, double Loss)> Steps)
{
    private const double Diverged = 4, Remembered = 0.9, Below = 10, Fallen = 0.98;

    private const int First = 5;

    /// <summary>Trains anew for some steps; nothing of it is kept.</summary>
    /// <param name="low">The first rate.</param>
    /// <param name="high">The last.</param>
    /// <param name="steps">How many, at least 2.</param>
    /// <exception cref="ArgumentException">The optimizer has no learning rate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rates do not rise, or there are fewer than two steps.</exception>
    public static RateFinder Of(
        TrainingTask task, Optimizer optimizer, TrainingOptions options, ImmutableArray<Examples> train, double low = 1e-5, double high = 1, int steps = 100, IBackend? backend = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        if (!(low > 0 && high > low && double.IsFinite(high))) throw new ArgumentOutOfRangeException(nameof(high), FormattableString.Invariant($"rates from {low} to {high} found, positive ones that rise expected"));
        var trainer = new Trainer(task, optimizer, options, backend);
        var rate = trainer.Recurrence["learning_rate"];
        var (found, least) = (ImmutableArray.CreateBuilder<(double, double)>(), double.PositiveInfinity);
        foreach (var (i, loss) in trainer.Losses(train, steps, i => trainer.Store[rate] = Tensor<float>.Full((float)RateOf(i))).Index())
        {
            if (!(loss <= Diverged * least || double.IsInfinity(least) && double.IsFinite(loss))) break;
            found.Add((RateOf(i), loss));
            least = Math.Min(least, loss);
        }
        return new(found.ToImmutable());

        double RateOf(int i) => low * Math.Pow(high / low, i / (steps - 1.0));
    }

    /// <summary>
    /// A tenth of the rate at which the smoothed loss is the smallest: there it still falls fast. NaN where it never falls by a fiftieth below what it was in
    /// the first steps.
    /// </summary>
    public double Suggested
    {
        get
        {
            var (smooth, weight, best, rate) = (0.0, 0.0, Fallen * Steps.Take(First).Select(s => s.Loss).DefaultIfEmpty(double.NaN).Average(), double.NaN);
            foreach (var (i, (r, loss)) in Steps.Index())
            {
                (smooth, weight) = (Remembered * smooth + (1 - Remembered) * loss, Remembered * weight + 1 - Remembered);
                if (i >= First && smooth / weight < best) (best, rate) = (smooth / weight, r);
            }
            return rate / Below;
        }
    }
}
