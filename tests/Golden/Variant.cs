using AutoDiffAE.Graph;

namespace AutoDiffAE.Tests.Golden;

/// <summary>A case as an expression; where a case has gradients by several conventions, the suffix says which of them.</summary>
public sealed record Variant(Expr Output, string Suffix = "")
{
    public static implicit operator Variant(Expr output) => new(output);
}

/// <summary>What a translation reads: the case, its variables by name, and the shape that it should come to.</summary>
public sealed record Source(GoldenCase Case, Func<string, Expr> Variable, int[] OutputSizes)
{
    public Expr X => Variable("x");

    public Expr A => Variable("a");

    public Expr B => Variable("b");
}
