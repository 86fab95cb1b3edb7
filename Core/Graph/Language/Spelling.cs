using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>How each operation is written. Whatever an operation holds is written too, unless reading gives it back without.</summary>
/// <param name="node">The node to write.</param>
/// <param name="part">How an argument is written.</param>
/// <param name="called">The name under which a definition is called.</param>
/// <param name="written">How the graph around it is written.</param>
internal sealed partial class Spelling(Expr node, Func<Expr, Spelled> part, Func<Definition, string> called, Written? written = null) : IOpCases<Spelled>
{
    private readonly Written _written = written ?? Language.Written.Nested;

    private ImmutableArray<Expr> ImpliedBy(Func<Expr, Shape?> shape)
    {
        var args = Implied.By(node, shape);
        return [.. args.Zip(node.Args, (implied, arg) => _written.Named(arg) ? arg : _written.ForReading && node.Op is Op.Map && !_written.Named(implied) && implied is { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal } number] } ? number : implied)];
    }

    private static readonly ImmutableDictionary<string, (string Symbol, int Level)> Symbols = new Dictionary<string, (string, int)>
    {
        ["greater"] = (">", Spelled.Comparison),
        ["greater_equal"] = (">=", Spelled.Comparison),
        ["less"] = ("<", Spelled.Comparison),
        ["less_equal"] = ("<=", Spelled.Comparison),
        ["equal"] = ("==", Spelled.Comparison),
        ["not_equal"] = ("!=", Spelled.Comparison),
        ["add"] = ("+", Spelled.Sum),
        ["sub"] = ("-", Spelled.Sum),
        ["mul"] = ("*", Spelled.Product),
        ["div"] = ("/", Spelled.Product),
    }.ToImmutableDictionary();

    /// <summary>The operator by which a function of two arguments is written, and how tightly it binds; null where there is none.</summary>
    public static (string Symbol, int Level)? Infix(string name) =>
        Symbols.TryGetValue(name, out var infix) ? infix : name == "matmul" ? ("@", Spelled.Product) : null;

    public static string Ties(TieRule ties) => ties == TieRule.Share ? "" : $", ties=\"{ties.ToString().ToLowerInvariant()}\"";

    public static string Axes(Axes axes) => axes.Count == 1 ? string.Create(CultureInfo.InvariantCulture, $"{axes[0]}") : $"{axes}";

    private static Spelled Nested(string text, int level, IEnumerable<Spelled> parts) => new(text, level, 1 + parts.Select(p => p.Depth).Append(0).Max());

    private Spelled Call(string name, IEnumerable<Expr> args, params IEnumerable<string> options)
    {
        Spelled[] parts = [.. args.Select(part)];
        return Nested($"{name}({string.Join(", ", parts.Select(p => p.Text).Concat(options.Where(o => o.Length > 0)))})", Spelled.Atom, parts);
    }

    private Spelled Call(string name, params IEnumerable<string> options) => Call(name, node.Args, options);

    private Spelled Infix(string symbol, int level, Spelled left, Spelled right) =>
        Nested($"{left.At(level == Spelled.Comparison ? level + 1 : level)} {symbol} {right.At(level + 1)}", level, [left, right]);

    public Spelled Variable(Op.Variable op) => new(Lexer.Spelled(op.Label), Spelled.Atom, 0);

    public Spelled Literal(Op.Literal op) => new(Printer.Number(op.Value), double.IsNegative(op.Value) && !double.IsNaN(op.Value) ? Spelled.Sign : Spelled.Atom, 0);

    public Spelled Constant(Op.Constant op)
    {
        var values = string.Join(", ", op.Value.Span.ToArray().Take(_written.MostElements).Select(Printer.Number));
        var one = op.Value.Length == 1 ? "," : "";
        return new(op.Value switch
        {
            { Rank: 0 } => $"constant({values})",
            { Length: var length } when length > _written.MostElements => $"constant(…, shape={op.Value.Shape})",
            { Rank: 1, Length: > 0 } => $"constant(({values}{one}))",
            _ => $"constant(({values}{one}), shape={op.Value.Shape})",
        }, Spelled.Atom, 0);
    }

    public Spelled SizeOf(Op.SizeOf op) => _written.ForReading && op.Length.Value is { } number ? new($"{number}", Spelled.Atom, 0) : new($"size({op.Length})", Spelled.Atom, 0);

    public Spelled Iota(Op.Iota op) => new($"iota({op.Length})", Spelled.Atom, 0);

    public Spelled Map(Op.Map op)
    {
        ImmutableArray<Expr> args = ImpliedBy(e => e.Shape);
        if (op.Function.Type == typeof(Negate) && (args[0].Op is not Op.Literal || _written.Named(args[0]))) return part(args[0]) is var x ? Nested($"-{x.At(Spelled.Sign)}", Spelled.Sign, [x]) : default;
        if (op.Name == "pow") return (part(args[0]), part(args[1])) is var (b, e) ? Nested($"{b.At(Spelled.Atom)} ** {e.At(Spelled.Sign)}", Spelled.Power, [b, e]) : default;
        if (_written.ForReading && op.Function.Type == typeof(Chain)) return Infix("*", Spelled.Product, part(args[0]), part(args[1]));
        if (_written.ForReading && op.Name is ("add" or "sub") && part(args[1]) is { Level: >= Spelled.Product } right && right.Text.StartsWith('-') && !_written.Named(args[1]))
            return Nested($"{part(args[0]).At(Spelled.Sum)} {(op.Name == "add" ? "-" : "+")} {right.Text[1..]}", Spelled.Sum, [part(args[0]), right]);
        return op.Function.Arity == 2 && Symbols.TryGetValue(op.Name, out var infix)
            ? Infix(infix.Symbol, infix.Level, part(args[0]), part(args[1]))
            : Call(op.Name, args);
    }

    public Spelled Sum(Op.Sum op) => Call("sum", $"axis={Axes(op.Axes)}");

    public Spelled Maximum(Op.Maximum op) => Call("max", $"axis={Axes(op.Axes)}{Ties(op.Ties)}");

    public Spelled MaximumIndicator(Op.MaximumIndicator op) => Call("max_indicator", $"axis={Axes(op.Axes)}{Ties(op.Ties)}");

    public Spelled MatMul(Op.MatMul op)
    {
        var args = ImpliedBy(e => e.Rank < 2 ? null : new Shape(e.Shape.Dims[..^2]));
        return Infix("@", Spelled.Product, part(args[0]), part(args[1]));
    }

    public Spelled Convolution(Op.Convolution op) =>
        Call($"conv{op.Form.SpatialRank}d{op.Open switch { Leg.Output => "", Leg.Input => "_input", _ => "_kernel" }}", Language.Windows.Spelled(op));

    /// <summary>A person reads axes that are kept where a program reads a reshape of what has lost them.</summary>
    public Spelled Reshape(Op.Reshape op) => _written.ForReading && Reduced(node.Args[0], op.Target) is { } kept ? kept : Call("reshape", $"{op.Target}");

    private Spelled? Reduced(Expr inner, Shape target)
    {
        if (_written.Named(inner)) return null;
        var (name, axes, ties) = inner.Op switch
        {
            Op.Sum s => ("sum", s.Axes, ""),
            Op.Maximum m => ("max", m.Axes, Ties(m.Ties)),
            Op.Product p => ("prod", p.Axes, ""),
            _ => ("", (Axes?)null, ""),
        };
        return axes is not null && target.SequenceEqual(inner.Args[0].Shape.Select((d, i) => axes.Contains(i) ? 1 : d))
            ? Call(name, inner.Args, $"axis={Axes(axes)}{ties}", "keepdims=true")
            : null;
    }

    public Spelled Permute(Op.Permute op) => Call("permute", $"{op.Order}");

    public Spelled BroadcastTo(Op.BroadcastTo op) => Call("broadcast_to", $"{op.Target}");

    public Spelled Slice(Op.Slice op)
    {
        var shape = node.Args[0].Shape;
        var bounds = op.Ranges.Select((r, i) => SliceBounds.Spelling(r, shape[i])).ToList();
        while (bounds.Count > 1 && op.Ranges[bounds.Count - 1].IsAll(shape[bounds.Count - 1])) bounds.RemoveAt(bounds.Count - 1);
        if (bounds.Contains(null) || op.Ranges.Select((r, i) => r.IsAll(shape[i])).All(all => all)) return Call("slice", Ranges(op.Ranges));
        return part(node.Args[0]) is var x ? Nested($"{x.At(Spelled.Atom)}[{string.Join(", ", bounds)}]", Spelled.Atom, [x]) : default;
    }

    public Spelled Pad(Op.Pad op)
    {
        var after = op.Ranges.Select((r, i) => op.Target[i] - r.Start - r.Length).ToList();
        var plain = op.Ranges.All(r => r.Step == 1) && op.Target.Rank > 0;
        return plain
            ? Call("pad", $"({string.Join(", ", op.Ranges.Select((r, i) => $"({r.Start}, {after[i]})"))}{(after.Count == 1 ? "," : "")})")
            : Call("pad", $"ranges={Ranges(op.Ranges)}", $"shape={op.Target}");
    }

    private static string Ranges(Sequence<StridedRange> ranges) =>
        $"({string.Join(", ", ranges.Select(r => $"({r.Start}, {r.Length}, {r.Step})"))}{(ranges.Count == 1 ? "," : "")})";

    public Spelled Concatenate(Op.Concatenate op) => Call("concat", $"axis={op.Axis}");

    public Spelled StopGradient(Op.StopGradient op) => Call("stop_gradient");

    public Spelled After(Op.After op) => Call("after");

    public Spelled Call(Op.Call op)
    {
        var (name, options) = (called(op.Definition), op.Definition.Options ?? "");
        if (!options.Contains('{', StringComparison.Ordinal)) return Call(name, options);
        Spelled[] parts = [.. node.Args.Select(part)];
        return Nested($"{name}({string.Format(CultureInfo.InvariantCulture, options, [.. parts.Select(p => p.Text)])})", Spelled.Atom, parts);
    }
}
