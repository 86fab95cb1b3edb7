using System.Collections.Immutable;
using System.Diagnostics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Profiling;

/// <summary>Where the time of a compiled function goes: a row for each step, in the plan's order.</summary>
/// <param name="Runs">How often it ran to be timed.</param>
/// <param name="RunSeconds">The median time of a whole run, timestamps included.</param>
/// <param name="ArenaBytes">Memory of intermediate values, known before the first run.</param>
/// <param name="Limits">What the machine does at best.</param>
public sealed record Profile(ImmutableArray<ProfileRow> Rows, int Runs, double RunSeconds, long ArenaBytes, MachineLimits Limits)
{
    public double Flop => Rows.Sum(r => r.Work.Flop);

    public long Bytes => Rows.Sum(r => r.Work.Bytes);

    /// <summary>What all steps would take at the machine's limit.</summary>
    public double LimitSeconds => Rows.Sum(r => r.LimitSeconds);

    /// <summary>Of a plan that ran some times.</summary>
    /// <param name="sizes">The sizes of each slot.</param>
    /// <param name="element">Bytes of a number.</param>
    /// <param name="ticks">For each run, the ticks of <see cref="Stopwatch"/> that each step took.</param>
    internal static Profile Of(
        Plan plan, ImmutableArray<ImmutableArray<int>> sizes, int element, ImmutableArray<long[]> ticks, long arenaBytes, MachineLimits limits)
    {
        double[] seconds = [.. plan.Steps.Select((_, step) => Median(ticks.Select(run => Seconds(run[step]))))];
        var whole = seconds.Sum();
        return new(
            [.. plan.Steps.Select((step, i) => WorkOf.Step(step, sizes, element) is var work && whole > 0
                ? new ProfileRow(i, step.Routine.Summary(), seconds[i], work, work.Seconds(limits), seconds[i] / whole, step.Provenance, step.Source)
                : new ProfileRow(i, step.Routine.Summary(), 0, work, work.Seconds(limits), 1.0 / plan.Steps.Length, step.Provenance, step.Source))],
            ticks.Length, Median(ticks.Select(run => run.Sum(Seconds))), arenaBytes, limits);
    }

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length == 0 ? 0 : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
