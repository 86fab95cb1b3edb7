using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>From syntax to graph: names are looked up, functions called, and what a shape rule refuses is shown where it stands.</summary>
internal sealed class Builder(string text, Vocabulary vocabulary, IReadOnlyDictionary<string, Expr> variables)
{
    /// <summary>What names mean at a place: values, and functions that the text itself states.</summary>
    private sealed record Scope(ImmutableDictionary<string, Expr> Values, ImmutableDictionary<string, NamedFunction> Functions)
    {
        public static readonly Scope Empty = new(ImmutableDictionary<string, Expr>.Empty, ImmutableDictionary<string, NamedFunction>.Empty);
    }

    private Scope _scope = Scope.Empty;

    /// <summary>Lengths are read with the sizes that the variables' shapes name.</summary>
    public Lengths Lengths { get; init; } = new(text, Sizes(variables.Values).Contains);

    /// <summary>What a name stands for that nothing else explains; null where it is refused.</summary>
    public Func<string, Expr>? Unknown { get; init; }

    private static HashSet<string> Sizes(IEnumerable<Expr> variables) => [.. variables.SelectMany(v => v.Shape).SelectMany(d => d.Names)];

    public Expr Build() => Of(Grammar.Read(text));

    public SyntaxException Refuse(int at, string reason, Exception? inner = null) => new(text, at, reason, inner);

    public Expr Of(Syntax syntax) => syntax switch
    {
        Syntax.Number n => n.Value,
        Syntax.Flag f => f.Value ? 1 : 0,
        Syntax.Name n => Named(n),
        Syntax.Negation n => -Of(n.Operand),
        Syntax.Infix => OfInfix(syntax),
        Syntax.Call c => Called(c),
        Syntax.Index i => Guarded(i.At, () => Indexing.Of(this, Of(i.Of), i)),
        Syntax.Transpose t => Of(t.Of).Permute(),
        Syntax.Block b => OfBlock(b),
        Syntax.Tuple t => throw Refuse(t.At, "a tuple is no array: constant((1, 2, 3)) is one"),
        _ => throw Refuse(syntax.At, $"an array is needed here, not {syntax}"),
    };

    /// <summary>Sums of many terms nest on the left as deep as they are long, so that side is walked without recursion.</summary>
    private Expr OfInfix(Syntax syntax)
    {
        var spine = new Stack<Syntax.Infix>();
        for (; syntax is Syntax.Infix infix; syntax = infix.Left) spine.Push(infix);
        return spine.Aggregate(Of(syntax), (left, infix) => Of(infix.Right) is var right ? Guarded(infix.At, () => Combined(infix, left, right)) : left);
    }

    private static Expr Combined(Syntax.Infix infix, Expr a, Expr b) => infix.Symbol switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "@" => a.MatMul(b),
        ">" => Expr.Greater(a, b),
        ">=" => Expr.GreaterOrEqual(a, b),
        "==" => Expr.Equal(a, b),
        "<" => Formulas.Less(a, b),
        "<=" => Formulas.LessOrEqual(a, b),
        "!=" => Formulas.NotEqual(a, b),
        _ => Expr.Pow(a, b),
    };

    private Expr Named(Syntax.Name name) =>
        _scope.Values.TryGetValue(name.Label, out var value) || (_outside && variables.TryGetValue(name.Label, out value)) ? value
        : _outside && Unknown is not null && !vocabulary.Contains(name.Label) ? Unknown(name.Label)
        : throw Refuse(name.At, vocabulary.Contains(name.Label) ? $"{name.Label} is a function: its arguments follow in parentheses" : $"{name.Label} is not known here, {Known()}");

    private string Known() => (_outside ? variables.Keys : []).Concat(_scope.Values.Keys).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } names
        ? $"{string.Join(", ", names)} {(names.Count == 1 ? "is" : "are")}"
        : "and no other name is";

    private Expr OfBlock(Syntax.Block block)
    {
        var outer = _scope;
        foreach (var let in block.Lets) Bind(let);
        var result = Of(block.Result);
        _scope = outer;
        return result;
    }

    /// <summary>Binds a name from here on.</summary>
    /// <returns>The value; null for a function.</returns>
    public Expr? Bind(Let let)
    {
        if (let.Parameters is { } parameters)
        {
            _scope = _scope with { Functions = _scope.Functions.SetItem(let.Name, Stated(let, parameters)) };
            return null;
        }
        var value = Typed(let);
        // Another name of one value is no other value; a number is no name.
        if (!Lexer.IsNumbered(let.Name) && let.Value is not Syntax.Name) value = value.Named(let.Name);
        _scope = _scope with { Values = _scope.Values.SetItem(let.Name, value) };
        return value;
    }

    /// <summary>The value, if it is of the shape that is stated.</summary>
    public Expr Typed(Let let)
    {
        var value = Of(let.Value);
        return let.Lengths is { } lengths && Shape(lengths) is var stated && stated != value.Shape
            ? throw Refuse(let.At, $"{let.Name} is stated to be {Listing.Type(stated)}, and what is computed is {Listing.Type(value.Shape)}")
            : value;
    }

    public Shape Shape(Syntax.Tuple lengths) => new([.. lengths.Items.Select(Lengths.Of)]);

    // The body of a function mentions its parameters and nothing else.
    private bool _outside = true;

    private NamedFunction Stated(Let let, ImmutableArray<string> names)
    {
        var functions = _scope.Functions;
        if (names.Distinct().Count() < names.Length) throw Refuse(let.At, $"{let.Name} has two parameters of one name");
        // For arguments of the same shapes it is the same definition.
        var definitions = new Dictionary<Sequence<Shape>, Definition>();
        return new(let.Name, [.. names.Select(n => new NamedFunction.Parameter(n, false, null))], given =>
        {
            ImmutableArray<Expr> args = [.. names.Select(given.Array)];
            var shapes = args.Select(a => a.Shape).ToSequence();
            if (definitions.TryGetValue(shapes, out var known)) return Expr.Of(new Op.Call(known), args);
            ImmutableArray<Expr> parameters = [.. args.Zip(names, (a, n) => Expr.Variable(n, a.Shape))];
            var (outer, outside) = (_scope, _outside);
            (_scope, _outside) = (new(names.Zip(parameters).ToImmutableDictionary(p => p.First, p => p.Second), functions), false);
            var body = Of(let.Value);
            (_scope, _outside) = (outer, outside);
            return Expr.Of(new Op.Call(definitions[shapes] = new Definition(let.Name, parameters, body)), args);
        });
    }

    private Expr Called(Syntax.Call call)
    {
        var function = _scope.Functions.GetValueOrDefault(call.Function) ?? vocabulary.Find(call.Function)
            ?? throw Refuse(call.At, $"there is no function {call.Function}{Nearest(call.Function)}");
        var arguments = Arguments.Of(this, function, call);
        return Guarded(call.At, () => function.Build(arguments));
    }

    private string Nearest(string name) =>
        vocabulary.Names.Where(n => n.Contains(name, StringComparison.Ordinal) || (n.Length > 2 && name.Contains(n, StringComparison.Ordinal))
                || EditDistance.Of(n, name) <= Math.Min(2, name.Length / 3))
            .OrderBy(n => EditDistance.Of(n, name)).Take(3).ToList() is { Count: > 0 } near
            ? $"; there is {string.Join(", ", near)}"
            : "";

    private Expr Guarded(int at, Func<Expr> build)
    {
        try { return build(); }
        catch (Exception e) when (e is ArgumentException or OverflowException or IndexOutOfRangeException) { throw Refuse(at, e.Message, e); }
    }
}
