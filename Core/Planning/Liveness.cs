namespace AutoDiffAE.Planning;

/// <summary>When each temporary is written first and read last, and a place in one arena such that no two live ones overlap.</summary>
public static class Liveness
{
    private const long Alignment = 64;

    /// <summary>First and last step that touch each temporary's memory, by root slot; the first and last of all where memory is not reused.</summary>
    public static IReadOnlyDictionary<int, (int First, int Last)> Intervals(Plan plan)
    {
        var intervals = new Dictionary<int, (int First, int Last)>();
        for (var step = 0; step < plan.Steps.Length; step++)
        {
            foreach (var slot in plan.Steps[step].Reads.Concat(plan.Steps[step].Writes).Select(plan.Root))
                if (plan.Slots[slot].Role == SlotRole.Temporary)
                    intervals[slot] = (intervals.TryGetValue(slot, out var known) ? known.First : step, step);
        }
        return plan.ReusesMemory ? intervals : intervals.ToDictionary(i => i.Key, _ => (0, plan.Steps.Length - 1));
    }

    /// <summary>
    /// Byte offsets by root slot and the arena's size. Steps are walked in order: what a step touches first is put into the tightest gap that
    /// holds it, what it touches last leaves a gap, so that the time is near-linear in the number of steps.
    /// </summary>
    public static (IReadOnlyDictionary<int, long> Offsets, long Bytes) Place(Plan plan, Func<int, long> bytes) => Place(Intervals(plan), bytes);

    /// <summary>The same for numbers of so many bytes, the named sizes being bound.</summary>
    public static (IReadOnlyDictionary<int, long> Offsets, long Bytes) Place(Plan plan, IReadOnlyDictionary<string, long> sizes, int element) =>
        Place(plan, slot => plan.Slots[slot].Shape.Evaluate(sizes).Aggregate((long)element, (a, b) => a * b));

    internal static (IReadOnlyDictionary<int, long> Offsets, long Bytes) Place(IReadOnlyDictionary<int, (int First, int Last)> intervals, Func<int, long> bytes)
    {
        var ends = intervals.ToLookup(i => i.Value.Last, i => i.Key);
        var (gaps, freed) = (new Gaps(), 0);
        var offsets = new Dictionary<int, long>();
        foreach (var born in intervals.GroupBy(i => i.Value.First).OrderBy(g => g.Key))
        {
            for (; freed < born.Key; freed++)
                foreach (var slot in ends[freed]) gaps.Free(offsets[slot], Aligned(bytes(slot)));
            foreach (var slot in born.Select(i => i.Key).OrderByDescending(bytes).ThenBy(s => s)) offsets[slot] = gaps.Take(Aligned(bytes(slot)));
        }
        return (offsets, gaps.End);
    }

    private static long Aligned(long bytes) => (Math.Max(bytes, 1) + Alignment - 1) / Alignment * Alignment;
}
