using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

/// <summary>A plan as text: its slots with the places of temporaries in the arena, then its steps in their order.</summary>
public static class PlanText
{
    /// <param name="plan">The plan.</param>
    /// <param name="sizes">Numbers for the named sizes.</param>
    /// <param name="element">Bytes of a number.</param>
    /// <param name="external">What is handed in, in words, in the order of <see cref="Plan.External"/>; by position where left out.</param>
    public static ImmutableArray<string> Lines(Plan plan, IReadOnlyDictionary<string, long> sizes, int element, ImmutableArray<string> external = default)
    {
        ImmutableArray<int[]> bound = [.. plan.Slots.Select(s => s.Shape.Evaluate(sizes))];
        long Bytes(int slot) => bound[slot].Aggregate((long)element, (a, b) => a * b);
        var (offsets, arena) = Liveness.Place(plan, Bytes);
        var written = plan.Steps.SelectMany(s => s.Writes).ToHashSet();

        string Place(Slot slot) => slot switch
        {
            { Of: int of, Role: SlotRole.Temporary } when written.Contains(slot.Id) => $"in place of {of}",
            { Of: int of, View: { } view } => $"{of} by {string.Join(' ', view.Ranges)} {view.Order}",
            { Of: int of } => $"view of {of}",
            { Role: SlotRole.Temporary } when offsets.TryGetValue(slot.Id, out var offset) => $"temporary at {offset}",
            { Role: SlotRole.Temporary } => "temporary, not used",
            { Role: SlotRole.Constant } => "constant",
            _ when plan.External.IndexOf(slot.Id) is var at => external.IsDefault ? $"external {at}" : external[at],
        };

        return
        [
            Invariant($"{plan.Slots.Length} slots, {arena} bytes of temporaries"),
            .. plan.Slots.Select(s => Invariant($"{s.Id,5}  {Place(s),-30} {Bytes(s.Id),12} bytes  ({string.Join(", ", bound[s.Id])})")),
            Invariant($"{plan.Steps.Length} steps"),
            .. plan.Steps.SelectMany((s, i) => new[]
            {
                Invariant($"{i,5}  {s.Routine.Summary()}: {Slots(s.Reads)} -> {Slots(s.Writes)}; {s.Provenance}{(s.Source is { } line ? $" [{line}]" : "")}"),
                $"       {Attributes(s.Routine)}",
            }.Where(line => line.Trim().Length > 0)),
        ];
    }

    private static string Attributes(Routine routine) => routine switch
    {
        Routine.Elementwise { Body.Instructions.Count: 0 } => "",
        Routine.Elementwise e => Code(e.Body),
        Routine.Several s => string.Join(" | ", s.Bodies.Select(Code)),
        Routine.Product { Epilogue: { } body } p => $"{p with { Epilogue = null }} {Code(body)}",
        Routine.Reduction r => $"{Code(r.Body)} by {string.Join(", ", r.Folds.Select(f => f.ToString().ToLowerInvariant()))} over {r.Axes}",
        _ => routine.ToString() is var text && text.Contains('=') ? text : "",
    };

    /// <summary>Straight-line code: r0 is what is read first, t0 the first instruction's result.</summary>
    internal static string Code(Body body) =>
        $"{string.Join("; ", body.Instructions.Select((c, i) => $"t{i} = {c.Function.Name}({string.Join(", ", c.Operands.Select(Name))})"))} -> {string.Join(", ", body.Results.Select(Name))}";

    private static string Name(Operand operand) => operand switch
    {
        Operand.Read r => $"r{r.Index}",
        Operand.Result t => $"t{t.Index}",
        Operand.Literal l => Printer.Number(l.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(operand)),
    };

    private static string Slots(ImmutableArray<int> slots) => slots.IsEmpty ? "nothing" : string.Join(' ', slots);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
