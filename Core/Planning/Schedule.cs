using System.Collections.Immutable;

namespace AutoDiffAE.Planning;

/// <summary>
/// The order of a plan's steps. The order in which values are asked for is followed, but a step that frees at least as much memory as it
/// takes runs as soon as it can: so the gradient of a weight is taken when its cotangent is there, and the cotangent is not kept for it.
/// </summary>
internal sealed class Schedule
{
    /// <summary>What a symbolic size counts for.</summary>
    private const long Typical = 128;

    private readonly Plan _plan;
    private readonly int[][] _reads;
    private readonly List<int>[] _next;
    private readonly int[] _awaited;
    private readonly long[] _elements;

    // Of each slot: how many steps have still to read it, and the sum of their numbers, which is the last one's number in the end.
    private readonly (int Count, long Sum)[] _readers;

    public static Plan Apply(Plan plan)
    {
        var schedule = new Schedule(plan);
        var scheduled = plan with { Steps = schedule.Run() };
        long Peak(Plan p) => Liveness.Place(p, slot => schedule._elements[slot]).Bytes;
        return Peak(scheduled) < Peak(plan) ? scheduled : plan;
    }

    private Schedule(Plan plan)
    {
        _plan = plan;
        _elements = [.. plan.Slots.Select(s => s.Role == SlotRole.Temporary && s.Of is null ? Elements(s) : 0)];
        _reads = [.. plan.Steps.Select(s => s.Reads.Select(plan.Root).Distinct().ToArray())];
        _readers = new (int, long)[plan.Slots.Length];
        _next = [.. plan.Steps.Select(_ => new List<int>())];
        _awaited = new int[plan.Steps.Length];
        var writer = new Dictionary<int, int>();
        for (var step = 0; step < plan.Steps.Length; step++)
        {
            foreach (var slot in _reads[step]) _readers[slot] = (_readers[slot].Count + 1, _readers[slot].Sum + step);
            foreach (var before in plan.Steps[step].Reads.SelectMany(Needed).Where(writer.ContainsKey).Select(s => writer[s]).Distinct())
            {
                _next[before].Add(step);
                _awaited[step]++;
            }
            foreach (var slot in plan.Steps[step].Writes) writer[plan.Root(slot)] = step;
        }
    }

    /// <summary>The slots that must be written before one is read: what its memory belongs to, and what views on the way wait for.</summary>
    private IEnumerable<int> Needed(int slot) => _plan.Slots[slot] switch
    {
        { Of: int of, After: var after } => Needed(of).Concat((after ?? []).SelectMany(Needed)),
        _ => [slot],
    };

    private static long Elements(Slot slot) =>
        slot.Shape.Aggregate(1L, (n, d) => n * Math.Max(1, d.Value ?? d.Evaluate(d.Names.ToDictionary(name => name, _ => Typical))));

    /// <summary>By how much the memory in use grows when a step runs now.</summary>
    private long Growth(int step) =>
        _plan.Steps[step].Writes.Sum(w => _elements[_plan.Root(w)]) - _reads[step].Where(r => _readers[r].Count == 1).Sum(r => _elements[r]);

    private ImmutableArray<Step> Run()
    {
        var order = ImmutableArray.CreateBuilder<Step>(_plan.Steps.Length);
        var (asked, freeing) = (new PriorityQueue<int, int>(), new PriorityQueue<int, (long, int)>());
        var done = new bool[_plan.Steps.Length];

        void Ready(int step)
        {
            if (Growth(step) is <= 0 and var growth) freeing.Enqueue(step, (growth, step));
            else asked.Enqueue(step, step);
        }

        for (var step = 0; step < done.Length; step++)
            if (_awaited[step] == 0) Ready(step);
        while (freeing.TryDequeue(out var step, out _) || asked.TryDequeue(out step, out _))
        {
            if (done[step]) continue;
            done[step] = true;
            order.Add(_plan.Steps[step]);
            foreach (var slot in _reads[step])
            {
                _readers[slot] = (_readers[slot].Count - 1, _readers[slot].Sum - step);
                // The one step that is left may now be one that frees.
                if (_readers[slot].Count == 1 && (int)_readers[slot].Sum is var last && _awaited[last] == 0) Ready(last);
            }
            foreach (var next in _next[step])
                if (--_awaited[next] == 0) Ready(next);
        }
        return order.MoveToImmutable();
    }
}
