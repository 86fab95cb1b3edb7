namespace AutoDiffAE.Planning;

/// <summary>
/// Lets an elementwise step write over what it reads for the last time: the slot that it writes becomes a view of the slot that dies, so that
/// liveness, places and backends see one memory. Element i of a result depends on the elements i of what is read, so a step may do so where it
/// reads the dying memory only in the shape that it writes, which no broadcast is, and in its order; and only where the memory is a temporary of the plan that
/// no step touches afterwards, under whatever view.
/// </summary>
internal static class InPlace
{
    public static Plan Apply(Plan plan)
    {
        var slots = plan.Slots.ToBuilder();
        // When each memory is touched last, what was written over it included.
        var last = Liveness.Intervals(plan).ToDictionary(i => i.Key, i => i.Value.Last);
        int Root(int slot) => slots[slot].Of is int of ? Root(of) : slot;

        for (var step = 0; step < plan.Steps.Length; step++)
        {
            if (plan.Steps[step] is not { Routine: Routine.Elementwise { Body: var body }, Reads: var reads, Writes: var writes } || body.Equals(Body.Copy)) continue;
            var shape = slots[writes[0]].Shape;
            var dying = new Queue<int>(reads.GroupBy(Root)
                .Where(read => slots[read.Key].Role == SlotRole.Temporary && last[read.Key] == step && read.All(slot => slots[slot].Shape == shape && slots[slot].View is null))
                .Select(read => read.Key));
            foreach (var write in writes.Where(w => slots[w] is { Role: SlotRole.Temporary, Of: null }))
            {
                if (!dying.TryDequeue(out var root)) break;
                slots[write] = slots[write] with { Of = root };
                last[root] = last[write];
            }
        }
        return plan with { Slots = slots.ToImmutable() };
    }
}
