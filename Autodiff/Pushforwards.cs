using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>The table of structural pushforwards, a value like <see cref="Pullbacks"/>: derive from this class and override one.</summary>
public partial class Pushforwards : IOpCases<Pushforward>
{
    public static readonly Pushforwards Standard = new();

    private static Pushforward Leaf(string name) => new(name, (_, _) => null);

    /// <summary>A linear operation of one argument moves the tangent as it moves the value.</summary>
    private static Pushforward Linear(Op op) => new(op.Name, (_, t) => t[0] is { } dx ? Expr.Of(op, dx) : null);

    /// <summary>A product: y' = f(a', b) + f(a, b').</summary>
    private static Pushforward Bilinear(Op op) => new(op.Name, (y, t) => Total(
        t[0] is { } da ? Expr.Of(op, da, y.Args[1]) : null,
        t[1] is { } db ? Expr.Of(op, y.Args[0], db) : null));

    private static Expr? Total(params IEnumerable<Expr?> tangents) =>
        tangents.Aggregate((sum, t) => sum is null ? t : t is null ? sum : sum + t);
}
