using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>
/// An operation of the user's own: its value, and the cotangents of its arguments, both given as graphs. It is printed by its name,
/// fused with its surroundings, and differentiated to any order: forward mode and further derivatives follow from these two.
/// </summary>
/// <param name="Name">The word that prints.</param>
/// <param name="Forward">y from the arguments.</param>
/// <param name="Pullback">(arguments, y, dy) to a cotangent for each argument, linear in dy; null where one is disconnected.</param>
public sealed record CustomOp(
    string Name,
    Func<ImmutableArray<Expr>, Expr> Forward,
    Func<ImmutableArray<Expr>, Expr, Expr, ImmutableArray<Expr?>> Pullback)
{
    /// <summary>An operation of one argument.</summary>
    public static CustomOp Unary(string name, Func<Expr, Expr> forward, Func<Expr, Expr, Expr, Expr> pullback) =>
        new(name, args => forward(args[0]), (args, y, dy) => [pullback(args[0], y, dy)]);

    /// <exception cref="Shapes.ShapeException">A cotangent has another shape than its argument.</exception>
    /// <exception cref="ArgumentException">A graph mentions a variable that it was not given.</exception>
    public Expr Apply(params ImmutableArray<Expr> args) => Definition.Apply(Name, args, Forward, Pullback);
}
