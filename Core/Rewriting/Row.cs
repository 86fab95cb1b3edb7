using System.Runtime.CompilerServices;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// A value that is one number for each row of eˣ, a row being what Σ eˣ is over: it is broadcast along the axes of that sum, and the sum occurs in it.
/// </summary>
/// <param name="Exponential">eˣ</param>
/// <param name="Total">Σ eˣ</param>
/// <param name="Value">What is broadcast.</param>
internal sealed record Row(Expr Exponential, Expr Total, Expr Value)
{
    // One definition for each sum, so that the softmax of a value and the softmax of its gradient are the same.
    private static readonly ConditionalWeakTable<Expr, Expr> Softmaxes = [];

    public static Row? Of(Expr e, Expr exponential) =>
        e is { Op: Op.BroadcastTo, Args: [var value] } && TotalIn(value, exponential, 4) is { Op: Op.Sum { Axes: var axes } } total && IsRow(value.Shape, exponential.Shape, axes)
            ? new Row(exponential, total, value)
            : null;

    /// <summary>Whether a value is the sum and nothing else.</summary>
    public bool IsTotal => Patterns.Flat(Value) == Total;

    /// <summary>c of c / Σ eˣ, null being 1.</summary>
    public (bool Found, Expr? C) Over(Expr at) => Over(at, Value);

    public Expr Spread(Expr at, Expr value) => at.Broadcasted(value, Exponential.Shape);

    /// <summary>eˣ / Σ eˣ as one node.</summary>
    public Expr Softmax(Expr at) => Softmaxes.GetValue(Total, total => at.Make(StableForms.Softmax(Exponential.Args[0], ((Op.Sum)total.Op).Axes).Op, Exponential.Args[0]));

    /// <summary>Whether a shape, broadcast to a wide one, is repeated along the axes and nowhere else.</summary>
    public static bool IsRow(Shape narrow, Shape wide, Axes axes)
    {
        var lead = wide.Rank - narrow.Rank;
        for (var i = 0; i < wide.Rank; i++)
        {
            var length = i < lead ? 1 : narrow[i - lead];
            if (axes.Contains(i) ? !length.Is(1) : length != wide[i]) return false;
        }
        return true;
    }

    private static Expr? TotalIn(Expr e, Expr exponential, int depth) => depth == 0 ? null : Patterns.Flat(e) switch
    {
        { Op: Op.Sum, Args: [var x] } sum when x == exponential => sum,
        { Head: "neg", Args: [var x] } => TotalIn(x, exponential, depth - 1),
        { Head: "mul" or "chain" or "div", Args: [var a, var b] } => TotalIn(b, exponential, depth - 1) ?? TotalIn(a, exponential, depth - 1),
        _ => null,
    };

    private (bool Found, Expr? C) Over(Expr at, Expr e)
    {
        if (e.Quotient is var (over, under) && Patterns.Flat(under) == Total) return (true, over);
        if (e is { Op: Op.Reshape, Args: [var flat] } && Over(at, flat) is (true, var c)) return (true, c is null ? null : at.Reshaped(c, e.Shape));
        if (e is { Head: "neg", Args: [var x] } && Over(at, x) is (true, var d)) return (true, d is null ? at.Filled(-1, e.Shape) : at.Make<Negate>(d));
        if (e.Product is not var (a, b)) return (false, null);
        return Over(at, b) is (true, var f) ? (true, f is null ? a : at.Make(e.Op, a, f))
            : Over(at, a) is (true, var g) ? (true, g is null ? b : at.Make(e.Op, g, b))
            : (false, null);
    }
}
