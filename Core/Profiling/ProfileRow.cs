using AutoDiffAE.Graph;

namespace AutoDiffAE.Profiling;

/// <summary>One step of a plan as it ran.</summary>
/// <param name="Step">Its place in the plan.</param>
/// <param name="Routine">What it does, in a word or two.</param>
/// <param name="Seconds">The median over the runs.</param>
/// <param name="Work">What it has to do at least.</param>
/// <param name="LimitSeconds">The time in which the machine could do that at best.</param>
/// <param name="Share">Of the sum of all steps' times; the shares add up to 1.</param>
/// <param name="Provenance">The expression that it came from.</param>
/// <param name="Source">The line that built the expression: a file and a number only when asked for.</param>
public sealed record ProfileRow(
    int Step, string Routine, double Seconds, Work Work, double LimitSeconds, double Share, string Provenance, SourceLine? Source)
{
    /// <summary>How near the step comes to the machine's limit, 1 being there. Beyond 1 is what found its data in a cache.</summary>
    public double OfLimit => Seconds > 0 ? LimitSeconds / Seconds : 0;
}
