using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>
/// Makes one step of the small passes whose results are handed out, as an optimiser's updates of its parameters are: each takes less time than to set workers to
/// it. A large parameter's pass stays where it is, right behind its gradient, which is in the cache then and need not be kept.
/// </summary>
internal static class Updates
{
    /// <summary>More take longer than a start of the workers.</summary>
    private const int MostElements = 1 << 15;

    public static Plan Apply(Plan plan)
    {
        ImmutableArray<int> passes = [.. Enumerable.Range(0, plan.Steps.Length).Where(i => IsUpdate(plan, plan.Steps[i]))];
        if (passes.IsEmpty) return plan;
        var last = passes[^1];
        // What somebody reads before the last one has run cannot wait for it.
        var read = Enumerable.Range(passes[0], last - passes[0] + 1).SelectMany(i => plan.Steps[i].Reads.Select(r => (Slot: plan.Root(r), Step: i))).ToLookup(r => r.Slot, r => r.Step);
        passes = [.. passes.Where(i => plan.Steps[i].Writes.All(w => read[plan.Root(w)].All(reader => reader < i)))];
        if (passes.Length < 2) return plan;
        ImmutableArray<Step> merged = [.. passes.Select(i => plan.Steps[i])];
        var all = merged[^1] with
        {
            Routine = new Routine.Several(merged.Select(s => ((Routine.Elementwise)s.Routine).Body).ToSequence()),
            Reads = [.. merged.SelectMany(s => s.Reads)],
            Writes = [.. merged.SelectMany(s => s.Writes)],
            Provenance = $"{merged[0].Provenance}, … {merged[^1].Provenance}",
        };
        return plan with { Steps = [.. plan.Steps.SelectMany((s, i) => i == passes[^1] ? [all] : passes.Contains(i) ? Array.Empty<Step>() : [s])] };
    }

    private static bool IsUpdate(Plan plan, Step step) =>
        step.Routine is Routine.Elementwise { Body: var body } && !body.Equals(Body.Copy)
        && step.Writes.All(w => plan.Slots[w] is { Role: SlotRole.External, Shape.Size.Value: <= MostElements })
        && step.Reads.All(r => plan.Slots[r].View is null);
}
