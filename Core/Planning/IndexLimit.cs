using System.Numerics;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>Indices are numbers of the precision that runs: those of an axis must all be exact in it, up to 2²⁴ in float.</summary>
internal static class IndexLimit
{
    /// <param name="plan">The plan.</param>
    /// <param name="sizes">The named sizes where they are bound; lengths that name others are passed over.</param>
    /// <exception cref="ShapeException">An axis is longer than the precision can count.</exception>
    public static void Check<T>(Plan plan, IReadOnlyDictionary<string, long> sizes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var most = double.CreateTruncating(T.CreateTruncating(2) / (T.BitIncrement(T.One) - T.One));
        foreach (var step in plan.Steps)
            if (Indexed(plan, step) is { } length && length.Names.All(sizes.ContainsKey) && length.Evaluate(sizes) is var n && n > most)
                throw new ShapeException($"an axis of length {n} is indexed, and {typeof(T).Name} counts only to {most}: compile in double; in {step.Provenance}");
    }

    private static Dim? Indexed(Plan plan, Step step) => step.Routine switch
    {
        Routine.Gather g => plan.Slots[step.Reads[0]].Shape[g.Axis],
        Routine.ScatterAdd s => plan.Slots[step.Writes[0]].Shape[s.Axis],
        Routine.ArgSort a => plan.Slots[step.Reads[0]].Shape[a.Axis],
        Routine.Iota => plan.Slots[step.Writes[0]].Shape[0],
        _ => null,
    };
}
