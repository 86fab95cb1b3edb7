using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Rewriting;

/// <summary>Laws that hold for every value, NaN and infinity included, and that leave fewer nodes.</summary>
internal static class Simplify
{
    public static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots) =>
        Traversal.Rebuild(roots, (node, args) => Once(node.With(args)));

    private static Expr Once(Expr node) => node switch
    {
        // f(literals) is a literal.
        { Op: Op.Map { Function: var f } } when node.Args.All(IsLiteral) =>
            Literal(f.Apply([.. node.Args.Select(a => (Real)Value(a)!.Value)]).Value, node),
        // 1 · x = x, x · 1 = x, x / 1 = x
        { Op: Op.Map { Function.Name: "mul" }, Args: [var a, var b] } when Value(a) == 1 => b,
        { Op: Op.Map { Function.Name: "mul" or "div" }, Args: [var a, var b] } when Value(b) == 1 => a,
        // x⁰ = 1, x¹ = x, x² = x · x: exact, where a logarithm and an exponential are not.
        { Op: Op.Map { Function.Name: "pow" }, Args: [_, var b] } when Value(b) == 0 => Literal(1, node),
        { Op: Op.Map { Function.Name: "pow" }, Args: [var a, var b] } when Value(b) == 1 => a,
        { Op: Op.Map { Function.Name: "pow" }, Args: [var a, var b] } when Value(b) == 2 => Expr.Of(new Op.Map(ScalarFunction.Unary<Square>()), [a], node.Origin),
        // A condition that is known chooses.
        { Op: Op.Map { Function.Name: "where" }, Args: [var c, var a, var b] } when Value(c) is { } known && !double.IsNaN(known) => known != 0 ? a : b,
        // -(-x) = x
        { Op: Op.Map { Function.Name: "neg" }, Args: [{ Op: Op.Map { Function.Name: "neg" }, Args: [var x] }] } => x,
        // Reshaping twice is reshaping once, and back is nothing.
        { Op: Op.Reshape r, Args: [{ Op: Op.Reshape, Args: [var x] }] } => x.Shape == r.Target ? x : Expr.Of(r, [x], node.Origin),
        { Op: Op.Reshape r, Args: [var x] } when x.Shape == r.Target => x,
        { Op: Op.BroadcastTo b, Args: [{ Op: Op.BroadcastTo, Args: [var x] }] } => Expr.Of(b, [x], node.Origin),
        { Op: Op.Sum { Axes.Count: 0 }, Args: [var x] } => x,
        _ => node,
    };

    private static bool IsLiteral(Expr e) => Value(e) is not null;

    private static double? Value(Expr e) => e switch
    {
        { Op: Op.Literal l } => l.Value,
        { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal l }] } => l.Value,
        _ => null,
    };

    private static Expr Literal(double value, Expr like) =>
        like.Rank == 0 ? (Expr)value : Expr.Of(new Op.BroadcastTo(like.Shape), [(Expr)value], like.Origin);
}
