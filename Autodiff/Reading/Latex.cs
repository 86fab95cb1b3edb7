using System.Text.RegularExpressions;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>An expression as LaTeX's mathematics writes it, a row for each operation.</summary>
/// <param name="node">The node to write.</param>
/// <param name="part">How an argument is written: its text, and how tightly its outermost operator binds.</param>
/// <param name="named">Which nodes have names.</param>
internal sealed partial class Latex(Expr node, Func<Expr, Latex.Part> part, Func<Expr, bool> named) : IOpCases<Latex.Part>
{
    /// <summary>How tightly a part binds; factors side by side, as matrices are, more than those with a sign between.</summary>
    private const int Comparison = 0, Addition = 1, Sign = 2, Multiplication = 3, Juxtaposition = 4, Power = 5, Atom = 6;

    internal readonly record struct Part(string Text, int Level)
    {
        public string At(int level) => Level >= level ? Text : $@"\left({Text}\right)";
    }

    /// <summary>An expression in which some nodes are written by names.</summary>
    /// <param name="open">Whether the expression itself is spelled out, though it has a name.</param>
    public static string Of(Expr root, IReadOnlyDictionary<Expr, string> names, bool open = false) => Of(root, names.GetValueOrDefault, open);

    /// <summary>The same where the names are a function.</summary>
    public static string Of(Expr root, Func<Expr, string?> name, bool open = false)
    {
        Part Named(Expr e) => name(e) is { } text ? new(text, Atom) : Open(e);
        Part Open(Expr e) => e.Op.Match(new Latex(e, Named, e => name(e) is not null));
        return (open ? Open(root) : Named(root)).Text;
    }

    /// <summary>A name: letters and a number below, words upright.</summary>
    public static string Name(string name)
    {
        var found = Pieces().Match(name);
        var (letters, rest) = (found.Groups["letters"].Value, found.Groups["rest"].Value.Trim('_'));
        var head = letters.Length == 1 ? letters : $@"\mathrm{{{Escaped(letters.Length == 0 ? name : letters)}}}";
        return rest.Length == 0 || letters.Length == 0 ? head : int.TryParse(rest, out _) ? $"{head}_{{{rest}}}" : $@"{head}_{{\mathrm{{{Escaped(rest)}}}}}";
    }

    /// <summary>The name with a bar, which stands over the letters and not over what is below.</summary>
    public static string Bar(string name) => name.IndexOf("_{", StringComparison.Ordinal) is var below && below > 0 ? $@"\bar{{{name[..below]}}}{name[below..]}" : name.Length == 1 ? $@"\bar{{{name}}}" : $@"\overline{{{name}}}";

    /// <summary>A shape as a set of arrays: ℝ to the power of its lengths.</summary>
    public static string Space(Shape shape) => shape.Rank == 0 ? @"\mathbb{R}" : $@"\mathbb{{R}}^{{{string.Join(@" \times ", shape.Select(d => d.ToString().Replace("*", @" \cdot ", StringComparison.Ordinal)))}}}";

    public static string Escaped(string text) => Specials().Replace(text, @"\$0");

    /// <summary>About how many symbols wide a formula is.</summary>
    public static int Symbols(string latex) => Invisible().Replace(latex, m => m.Value.StartsWith('\\') && m.Value is not (@"\left" or @"\right" or @"\mathrm" or @"\operatorname" or @"\mathbb" or @"\bar" or @"\overline" or @"\frac" or @"\nolimits") ? "x" : "").Length;

    private const int WidestFraction = 30;

    [GeneratedRegex(@"\\[a-zA-Z]+|\\.|[{}\s_^]")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"^(?<letters>\p{L}*)(?<rest>.*)$")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"[_#$%&{}]")]
    private static partial Regex Specials();

    private Part Call(string name, params IEnumerable<string> more) =>
        new($@"\operatorname{{{Escaped(name)}}}\left({string.Join(", ", node.Args.Select(a => part(a).Text).Concat(more))}\right)", Atom);

    private Part Infix(string symbol, int level) => new($"{part(node.Args[0]).At(level)} {symbol} {part(node.Args[1]).At(level + 1)}", level);

    /// <summary>An argument of an elementwise operation: what is repeated to its shape stands for all of it.</summary>
    private Expr Argument(int index) => node.Args[index] is { Op: Op.BroadcastTo, Args: [var narrow] } wide && !named(wide) ? narrow : node.Args[index];

    private Part Between(string symbol, int level) => new($"{part(Argument(0)).At(level)} {symbol} {part(Argument(1)).At(level == Addition ? Multiplication : level + 1)}", level);

    public Part Map(Op.Map op)
    {
        Part First() => part(Argument(0));
        return op.Name switch
        {
            "add" => Between("+", Addition),
            "sub" => Between("-", Addition),
            "mul" or "chain" => Between(Argument(0).Rank == 0 || Argument(1).Rank == 0 ? @"\," : @"\odot", Multiplication),
            // A fraction does not break.
            "div" when Symbols(First().Text) > WidestFraction || Symbols(part(Argument(1)).Text) > WidestFraction => Between("/", Multiplication),
            "div" => new($@"\frac{{{First().Text}}}{{{part(Argument(1)).Text}}}", Atom),
            "neg" => new($"-{First().At(Multiplication)}", Sign),
            "pow" => new($"{{{First().At(Atom)}}}^{{{part(Argument(1)).Text}}}", Power),
            "square" => new($"{{{First().At(Atom)}}}^{{2}}", Power),
            "exp" => new($"e^{{{First().Text}}}", Power),
            "sqrt" => new($@"\sqrt{{{First().Text}}}", Atom),
            "abs" => new($@"\left|{First().Text}\right|", Atom),
            "greater" => Indicator(">"),
            "greater_equal" => Indicator(@"\geq"),
            "less" => Indicator("<"),
            "less_equal" => Indicator(@"\leq"),
            "equal" => Indicator("="),
            "not_equal" => Indicator(@"\neq"),
            "sigmoid" => new($@"\sigma\left({First().Text}\right)", Atom),
            "log" => new($@"\ln\left({First().Text}\right)", Atom),
            "sin" or "cos" or "tan" or "tanh" or "sinh" or "cosh" => new($@"\{op.Name}\left({First().Text}\right)", Atom),
            _ => Call(op.Name),
        };
    }

    /// <summary>Iverson's bracket: 1 where it is true, else 0.</summary>
    private Part Indicator(string symbol) => new($"[{part(Argument(0)).At(Comparison + 1)} {symbol} {part(Argument(1)).At(Comparison + 1)}]", Atom);

    public Part Variable(Op.Variable op) => new(Name(op.Label), Atom);

    public Part Literal(Op.Literal op) => new(Number(op.Value), op.Value < 0 ? Sign : Atom);

    public static string Number(double value) => value switch { double.PositiveInfinity => @"\infty", double.NegativeInfinity => @"-\infty", _ => Scientific().Replace(Printer.Number(value), @" \cdot 10^{$1}") };

    /// <summary>A length as a number.</summary>
    public static string Length(Dim length) => length.ToString().Replace("*", @" \, ", StringComparison.Ordinal);

    [GeneratedRegex(@"E\+?(-?\d+)")]
    private static partial Regex Scientific();

    public Part Constant(Op.Constant op) => new($@"\mathrm{{C}}_{{{Printer.Number(op.Value.Length > 0 ? op.Value.Span[0] : 0)}, \ldots}}", Atom);

    public Part SizeOf(Op.SizeOf op) => new(Length(op.Length), Multiplication);

    public Part Iota(Op.Iota op) => new($@"\left(0, \ldots, {op.Length} - 1\right)", Atom);

    public Part Uniform(Op.Uniform op) => Call("uniform");

    public Part MatMul(Op.MatMul op) => new($"{part(node.Args[0]).At(Juxtaposition)} {part(node.Args[1]).At(Power)}", Juxtaposition);

    public Part Convolution(Op.Convolution op) => op.Open switch
    {
        Leg.Output => Infix(@"\star", Multiplication),
        Leg.Input => Infix(@"\star^{\!\top}", Multiplication),
        _ => Infix(@"\star_{w}", Multiplication),
    };

    public Part Sum(Op.Sum op) => new($@"\sum\nolimits_{{{Axes(op.Axes)}}} {part(node.Args[0]).At(Multiplication)}", Multiplication);

    public Part Product(Op.Product op) => new($@"\prod\nolimits_{{{Axes(op.Axes)}}} {part(node.Args[0]).At(Multiplication)}", Multiplication);

    public Part Maximum(Op.Maximum op) => new($@"\max\nolimits_{{{Axes(op.Axes)}}} {part(node.Args[0]).At(Atom)}", Multiplication);

    public Part MaximumIndicator(Op.MaximumIndicator op) => new($@"\left[{part(node.Args[0]).Text} = \max\nolimits_{{{Axes(op.Axes)}}}\right]", Atom);

    public Part Reshape(Op.Reshape op) => Call("reshape", Lengths(op.Target));

    public Part Permute(Op.Permute op) => op.Order.SequenceEqual([.. Enumerable.Range(0, op.Order.Count - 2 is var lead && lead > 0 ? lead : 0), .. op.Order.Count >= 2 ? new[] { op.Order.Count - 1, op.Order.Count - 2 } : []])
        ? new($@"{part(node.Args[0]).At(Atom)}^{{\top}}", Power)
        : Call("permute", $"({string.Join(", ", op.Order)})");

    /// <summary>A number stands for as many as are wanted.</summary>
    public Part BroadcastTo(Op.BroadcastTo op) => node.Args[0].Op is Op.Literal ? part(node.Args[0]) : Call("broadcast", Lengths(op.Target));

    public Part Slice(Op.Slice op) => new($"{part(node.Args[0]).At(Atom)}{{}}_{{[{string.Join(", ", op.Ranges.Select((r, i) => r.IsAll(node.Args[0].Shape[i]) ? ":" : $"{r.Start}:{r.Last}{(r.Step == 1 ? "" : $":{r.Step}")}"))}]}}", Atom);

    public Part Pad(Op.Pad op) => Call("pad", Lengths(op.Target));

    public Part Concatenate(Op.Concatenate op) => new($@"\left[{string.Join("; ", node.Args.Select(a => part(a).Text))}\right]_{{{op.Axis}}}", Atom);

    public Part Windows(Op.Windows op) => Call("windows");

    public Part FoldWindows(Op.FoldWindows op) => Call("fold");

    public Part Gather(Op.Gather op) => Call("take");

    public Part ScatterAdd(Op.ScatterAdd op) => Call("add at");

    public Part ArgSort(Op.ArgSort op) => Call("argsort");

    public Part Cumulate(Op.Cumulate op) => Call("cumulate");

    public Part RunningMaximum(Op.RunningMaximum op) => Call("cummax");

    public Part Cholesky(Op.Cholesky op) => Call("chol");

    public Part TriangularSolve(Op.TriangularSolve op) => new($"{part(node.Args[0]).At(Atom)}^{{-{(op.Transposed ? @"\top" : "1")}}} {part(node.Args[1]).At(Power)}", Juxtaposition);

    public Part Lu(Op.Lu op) => Call("lu");

    public Part StopGradient(Op.StopGradient op) => Call("stop");

    public Part After(Op.After op) => part(node.Args[0]);

    public Part Call(Op.Call op) => Call(op.Definition.Name);

    private static string Axes(Axes axes) => string.Join(", ", axes);

    private static string Lengths(Shape shape) => $"({string.Join(", ", shape.Select(d => d.ToString().Replace("*", @" \, ", StringComparison.Ordinal)))})";
}
