using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

internal static partial class Stabilize
{
    /// <summary>Exponentials over the sum of their row. What is stable is a definition, whose body is spelled out later.</summary>
    private static ImmutableArray<Rewrite> Softmaxes =>
    [
        Rule("logsumexp", ["log"], "ln Σ eˣ = logsumexp x", Assume.NoOverflow,
            e => Patterns.Flat(e.Args[0]) is { Op: Op.Sum { Axes: var axes }, Args: [{ Head: "exp", Args: [var x] }] } && !IsShifted(x)
                ? e.Reshaped(x.LogSumExp([.. axes]), e.Shape) : null),

        Rule("softmax", ["div"], "eˣ / Σ eˣ = softmax x", Assume.NoOverflow,
            e => e.Args[0] is { Head: "exp", Args: [var x] } top && !IsShifted(x) && Row.Of(e.Args[1], top) is { IsTotal: true } row ? row.Softmax(e) : null),

        Rule("log-softmax", ["log"], "ln softmax x = log_softmax x", Assume.NoOverflow,
            e => StableForms.AxesOf(e.Args[0], "softmax") is { } axes ? StableForms.LogSoftmax(e.Args[0].Args[0], axes) : null),

        Rule("log-softmax-of-difference", ["sub"], "x - logsumexp x = log_softmax x", Assume.NoOverflow,
            e => e.Args[1] is { Op: Op.BroadcastTo, Args: [var total] } && StableForms.AxesOf(Patterns.Flat(total), "logsumexp", e.Args[0]) is { } axes
                && Row.IsRow(total.Shape, e.Shape, axes) ? StableForms.LogSoftmax(e.Args[0], axes) : null),

        Rule("log-of-share", ["log"], "ln(eˣ / Σ eˣ) = x - ln Σ eˣ where x is less its maximum", Assume.NoOverflow,
            e => e.Args[0] is { Head: "div", Args: [{ Head: "exp", Args: [var x] } top, var sum] } && IsShifted(x) && Row.Of(sum, top) is { IsTotal: true } row
                ? e.Make<Subtract>(x, row.Spread(e, e.Make<Log>(row.Value))) : null),

        Rule("softmax-of-factors", ["mul", "chain"], "(c / Σ eˣ) eˣ = c softmax x", Assume.NoOverflow,
            e => Patterns.OfFactors(e, (f, g) => OverTotal(e, f, g) is var (row, c) ? (c is null ? row.Softmax(e) : e.Make(e.Op, c, row.Softmax(e))) : null)),

        Rule("softmax-of-terms", ["mul", "chain"], "(p / Σ eˣ ± q / Σ eˣ) eˣ = (p ± q) softmax x", Assume.NoOverflow,
            e => e.Product is var (a, b) ? OfTerms(e, a, b) ?? OfTerms(e, b, a) : null),

        Rule("divisor-of-row", ["sum"], "Σ (a / s) = (Σ a) / s where s > 0 is one number for a row", Assume.NoOverflow,
            e => Undivided(e, e.Args[0], ((Op.Sum)e.Op).Axes, 3) is var (x, s) ? e.Make<Divide>(e.Make(e.Op, x), e.Reshaped(s, e.Shape)) : null),
    ];

    private static Expr? OfTerms(Expr e, Expr sum, Expr g) =>
        sum is { Head: "add" or "sub", Args: [var left, var right] } && OverTotal(e, left, g) is var (row, p) && OverTotal(e, right, g) is var (_, q)
            ? e.Make(e.Op, e.Make(sum.Op, p ?? e.Filled(1), q ?? e.Filled(1)), row.Softmax(e))
            : null;

    /// <summary>c of f = c / Σ g for an exponential g, null being 1.</summary>
    private static (Row Row, Expr? C)? OverTotal(Expr e, Expr f, Expr g)
    {
        if (g is not { Head: "exp", Args: [var x] } || IsShifted(x)) return null;
        if (Row.Of(f, g) is { } row && row.Over(e) is (true, var c)) return (row, c is null ? null : row.Spread(e, c));
        if (f.Quotient is var (over, under) && Row.Of(under, g) is { IsTotal: true } total) return (total, over);
        if (f is { Head: "neg", Args: [var y] } && OverTotal(e, y, g) is var (rowOfY, d)) return (rowOfY, d is null ? e.Filled(-1) : e.Make<Negate>(d));
        if (f.Product is not var (a, b)) return null;
        return OverTotal(e, b, g) is var (rowOfB, p) ? (rowOfB, p is null ? a : e.Make(f.Op, a, p))
            : OverTotal(e, a, g) is var (rowOfA, q) ? (rowOfA, q is null ? b : e.Make(f.Op, q, b))
            : null;
    }

    /// <summary>a and s of a / s, which may be a factor.</summary>
    private static (Expr A, Expr S)? Undivided(Expr e, Expr x, Shapes.Axes axes, int depth)
    {
        if (x is { Head: "div", Args: [var a, { Op: Op.BroadcastTo, Args: [var s] } wide] } && IsPositive(s) && Row.IsRow(s.Shape, wide.Shape, axes)) return (a, s);
        if (depth == 0 || x.Product is not var (p, q)) return null;
        return Undivided(e, q, axes, depth - 1) is var (r, t) ? (e.Make(x.Op, p, r), t)
            : Undivided(e, p, axes, depth - 1) is var (u, v) ? (e.Make(x.Op, u, q), v)
            : null;
    }

    /// <summary>Whether a maximum is subtracted already.</summary>
    private static bool IsShifted(Expr x) => x is { Head: "sub", Args: [_, var shift] } && IsMaximum(Low(shift));

    private static bool IsMaximum(Expr e) => e.Op is Op.Maximum || (e is { Head: "where", Args: [_, var a, _] } && Low(a).Op is Op.Maximum);

    /// <summary>What is broadcast or given another shape.</summary>
    private static Expr Low(Expr e)
    {
        while (e.Op is Op.Reshape or Op.BroadcastTo) e = e.Args[0];
        return e;
    }
}
