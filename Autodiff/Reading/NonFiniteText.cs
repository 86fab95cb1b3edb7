using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Tracing;

namespace AutoDiffAE.Reading;

/// <summary>Where numbers that are not finite come from, in a few lines for a terminal.</summary>
public static class NonFiniteText
{
    private const int MostLaws = 6, MostResults = 4;

    /// <param name="trace">What was found; null where all is finite.</param>
    /// <param name="names">Names of the results; others are outputs by their number and updates by their variable.</param>
    /// <param name="width">Columns, at least 40.</param>
    public static IEnumerable<string> Lines(NonFiniteTrace? trace, IReadOnlyList<string>? names = null, int width = 100)
    {
        if (trace is null) return ["every number is finite, those in between too"];
        return [.. trace.First is { } first ? Source(first, trace, names, width) : [], .. Given(trace), .. Results(trace, names)];
    }

    private static IEnumerable<string> Source(NonFinite source, NonFiniteTrace trace, IReadOnlyList<string>? names, int width)
    {
        var made = Count(source.Count, source.Value.Length);
        var where = source.First.IsEmpty ? "" : $", {made}, the first at [{string.Join(", ", source.First)}]";
        yield return source.IsGiven
            ? $"{Word(source.Kind)} came in with {Printer.Brief(source.Node)}{where}"
            : $"the first number that is not finite is {Word(source.Kind)}, made by {source.Node.Op.Name}{where}";
        foreach (var line in Written(source, trace, names, width)) yield return $"  {line}";
        foreach (var input in source.Inputs.DistinctBy(i => i.Node).Where(i => !IsNumber(i.Node)))
            yield return $"  {Printer.Brief(input.Node)} {input.Range.Shape} is {Said(input.Range)}{(input.At is { } at && input.Range.Least != input.Range.Greatest ? $", here {Number(at)}" : "")}";
        yield return $"  {Place(source, trace)}";
    }

    private static IEnumerable<string> Given(NonFiniteTrace trace) =>
        trace.Given.Where(g => g.Node != trace.First?.Node).Select(g => $"{Printer.Brief(g.Node)} {g.Value.Shape} came in with {Said(g.Value)}");

    /// <summary>The expression as it prints, with the node marked; of a definition's body, the body after it.</summary>
    private static IEnumerable<string> Written(NonFinite source, NonFiniteTrace trace, IReadOnlyList<string>? names, int width)
    {
        if (source.IsGiven) yield break;
        if (trace.Graph == TracedGraph.AsWritten && trace.Results.Index().FirstOrDefault(r => Traversal.Topological([r.Item.Root]).Contains(source.Outermost)) is { Item: { } result, Index: var i })
            foreach (var line in Shown(Printer.Marked(result.Root, source.Outermost), trace.Results.Length > 1 ? $"{Name(result, i, names)} = " : "", width, !source.Within.IsEmpty)) yield return line;
        foreach (var (call, part) in source.Within.Zip(source.Within.Skip(1).Append(source.Node)))
            foreach (var line in Shown(Printer.Marked(((Op.Call)call.Op).Definition.Body, part), $"{call.Op.Name}: ", width, part != source.Node)) yield return line;
    }

    private static IEnumerable<string> Shown(Marked? marked, string head, int width, bool called)
    {
        // A call that is longer than a line shows nothing: the body that is looked into does.
        if (marked is null || (called && marked.Length > width - 20)) return [];
        var begins = marked.Line.StartsWith("let ", StringComparison.Ordinal) ? "" : head;
        return (marked with { Line = $"{begins}{marked.Line}", Start = begins.Length + marked.Start }).Lines(Math.Max(40, width) - 2);
    }

    private static string Place(NonFinite source, NonFiniteTrace trace)
    {
        var derived = source.Derived;
        string?[] parts =
        [
            source.IsGiven ? null
                : derived is null ? "in the forward pass"
                : $"in step {derived.Step} of the derivation{(derived.Forwards ? " in forward mode" : "")}, by the rule of {derived.Rule} for {Printer.Brief(derived.Node)}{Of(derived.Node.Origin)}{(derived.Forwards ? "" : $": {derived.Node.Op.Match(new Statements())}")}",
            source.Scope is { } scope ? $"in layer {scope}" : null,
            source.Source is { } line ? $"{(derived is null ? "written" : "asked for")} at {line}" : null,
            trace.Graph == TracedGraph.Rewritten ? "in the graph as the compiler rewrote it: as written it does not come to be" : null,
        ];
        var said = string.Join("; ", parts.OfType<string>());
        return said.Length > 0 ? said : source.Node.Op is Op.Variable ? "nothing made it: it is a value of this variable" : "nothing made it: it is a constant";
    }

    private static string Of(Origin origin) => (origin.Scope is { } scope ? $" in layer {scope}" : "") + (origin.Source is { } line ? $" [{line}]" : "");

    private static IEnumerable<string> Results(NonFiniteTrace trace, IReadOnlyList<string>? names)
    {
        var (written, compiled) = (trace.IsFiniteAsWritten, trace.IsFiniteCompiled);
        if (written && compiled)
        {
            yield return "all results are finite, as written and compiled: what reads it does not take it";
            yield break;
        }
        var wrong = trace.Results.Index().Where(r => !r.Item.AsWritten.IsFinite || !r.Item.Compiled.IsFinite).ToList();
        foreach (var (i, r) in wrong.Take(MostResults))
            yield return $"{Name(r, i, names)} {r.AsWritten.Shape} is {(Said(r.AsWritten) is var said && said == Said(r.Compiled) ? $"{said}, as written and compiled" : $"{said} as written, {Said(r.Compiled)} compiled")}";
        if (wrong.Count > MostResults) yield return string.Create(CultureInfo.InvariantCulture, $"and {wrong.Count - MostResults} other results");
        var laws = trace.Laws.IsEmpty ? "" : $" (rewritten by {string.Join(", ", trace.Laws.Take(MostLaws))}{(trace.Laws.Length > MostLaws ? $" and {trace.Laws.Length - MostLaws} others" : "")})";
        if (compiled) yield return $"the compiled function is finite where the formula as written is not{laws}";
        if (written) yield return $"the formula as written is finite where the compiled function is not{laws}";
        if (trace.First is null) yield return "each node by itself is finite in both forms: only a step that runs several together is not";
    }

    private static string Name(TracedResult result, int index, IReadOnlyList<string>? names) =>
        names is not null && index < names.Count ? names[index]
        : result.Updated is { } variable ? $"next {Printer.Short(variable)}"
        : result.Root.Origin.Name ?? string.Create(CultureInfo.InvariantCulture, $"output {index}");

    /// <summary>A number, or one repeated: it is seen where the expression is written.</summary>
    private static bool IsNumber(Expr e) => e.Op is Op.Literal || e is { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal }] };

    private static string Said(ValueRange range)
    {
        string?[] parts =
        [
            range.Length == range.NonFinite ? null : range.Least == range.Greatest ? Number(range.Least) : $"{Number(range.Least)} to {Number(range.Greatest)}",
            Kinds(range.NaNs, NonFiniteKind.NaN, range), Kinds(range.PositiveInfinities, NonFiniteKind.PositiveInfinity, range), Kinds(range.NegativeInfinities, NonFiniteKind.NegativeInfinity, range),
        ];
        return string.Join(" and ", parts.OfType<string>()) is { Length: > 0 } said ? said : "empty";
    }

    private static string? Kinds(int count, NonFiniteKind kind, ValueRange range) =>
        count == 0 ? null : range.Length == 1 ? Word(kind) : string.Create(CultureInfo.InvariantCulture, $"{Word(kind)} ({count:N0} of {range.Length:N0})");

    private static string Count(long count, long length) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} of {length:N0} elements");

    private static string Word(NonFiniteKind kind) => kind switch { NonFiniteKind.NaN => "nan", NonFiniteKind.PositiveInfinity => "inf", _ => "-inf" };

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : Printer.Number(value);
}
