using System.Collections.Immutable;

namespace AutoDiffAE.Planning;

/// <summary>When each temporary is written first and read last, and a place in one arena such that no two live ones overlap.</summary>
public static class Liveness
{
    private const long Alignment = 64;

    /// <summary>First and last step that touch each temporary's memory, by root slot.</summary>
    public static IReadOnlyDictionary<int, (int First, int Last)> Intervals(Plan plan)
    {
        var intervals = new Dictionary<int, (int First, int Last)>();
        for (var step = 0; step < plan.Steps.Length; step++)
        {
            foreach (var slot in plan.Steps[step].Reads.Concat(plan.Steps[step].Writes).Select(plan.Root))
                if (plan.Slots[slot].Role == SlotRole.Temporary)
                    intervals[slot] = (intervals.TryGetValue(slot, out var known) ? known.First : step, step);
        }
        return intervals;
    }

    /// <summary>Byte offsets by root slot and the arena's size: each is put at the lowest place free over its whole life, largest first.</summary>
    public static (ImmutableDictionary<int, long> Offsets, long Bytes) Place(Plan plan, Func<int, long> bytes)
    {
        var placed = new List<(long Start, long End, int First, int Last)>();
        var offsets = ImmutableDictionary.CreateBuilder<int, long>();
        foreach (var (slot, (first, last)) in Intervals(plan).OrderByDescending(i => bytes(i.Key)).ThenBy(i => i.Key))
        {
            var size = (Math.Max(bytes(slot), 1) + Alignment - 1) / Alignment * Alignment;
            var start = 0L;
            foreach (var other in placed.Where(p => p.First <= last && first <= p.Last).OrderBy(p => p.Start))
            {
                if (start + size <= other.Start) break;
                start = Math.Max(start, other.End);
            }
            placed.Add((start, start + size, first, last));
            offsets[slot] = start;
        }
        return (offsets.ToImmutable(), placed.Select(p => p.End).DefaultIfEmpty(0).Max());
    }
}
