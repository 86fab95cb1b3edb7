using System.Collections.Immutable;

namespace AutoDiffAE.Graph.Language;

/// <summary>What a text says, before any shape is known: a closed union. Each part knows where it begins.</summary>
internal abstract record Syntax(int At)
{
    public sealed record Number(int At, double Value) : Syntax(At);

    public sealed record Flag(int At, bool Value) : Syntax(At);

    public sealed record None(int At) : Syntax(At);

    public sealed record Text(int At, string Value) : Syntax(At);

    public sealed record Name(int At, string Label) : Syntax(At);

    public sealed record Tuple(int At, ImmutableArray<Syntax> Items) : Syntax(At);

    public sealed record Negation(int At, Syntax Operand) : Syntax(At);

    /// <summary>An infix operator; it stands where its symbol does.</summary>
    public sealed record Infix(int At, string Symbol, Syntax Left, Syntax Right) : Syntax(At);

    /// <summary>A call; arguments without a keyword come first.</summary>
    public sealed record Call(int At, string Function, ImmutableArray<(string? Keyword, Syntax Value)> Args) : Syntax(At);

    public sealed record Index(int At, Syntax Of, ImmutableArray<Syntax> Items) : Syntax(At);

    /// <summary>x.T, which stands where its point does.</summary>
    public sealed record Transpose(int At, Syntax Of) : Syntax(At);

    public sealed record Range(int At, Syntax? Start, Syntax? Stop, Syntax? Step) : Syntax(At);

    public sealed record Ellipsis(int At) : Syntax(At);

    public sealed record Block(int At, ImmutableArray<Let> Lets, Syntax Result) : Syntax(At);

    public sealed override string ToString() => this switch
    {
        Number n => Printer.Number(n.Value),
        Flag f => f.Value ? "true" : "false",
        None => "none",
        Text t => $"\"{t.Value}\"",
        Name n => n.Label,
        Tuple t => $"({string.Join(", ", t.Items)})",
        Call c => $"{c.Function}(…)",
        _ => "this",
    };
}

/// <summary><c>let a = …</c>, <c>let a : real[n,3] = …</c> when its shape is stated, or <c>let f(a, b) = …</c> when it has parameters.</summary>
internal sealed record Let(int At, string Name, ImmutableArray<string>? Parameters, Syntax Value, Syntax.Tuple? Lengths = null);
