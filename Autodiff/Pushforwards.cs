using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE;

/// <summary>The table of structural pushforwards, a value like <see cref="Pullbacks"/>: derive from this class and override one.</summary>
public class Pushforwards : IOpCases<Pushforward>
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

    public virtual Pushforward Variable(Op.Variable op) => Leaf("variable");

    public virtual Pushforward Constant(Op.Constant op) => Leaf("constant");

    public virtual Pushforward Literal(Op.Literal op) => Leaf("literal");

    public virtual Pushforward SizeOf(Op.SizeOf op) => Leaf("size");

    /// <summary>y = f(x…): y' = Σ xᵢ' · ∂f/∂xᵢ, in which 0 times an infinite derivative is 0.</summary>
    public virtual Pushforward Map(Op.Map op) => new(op.Name, (y, t) =>
        Total(op.Function.Derivatives(y.Args, y).Zip(t, (d, dx) => dx is null ? null : Pullbacks.Times(dx, d))));

    public virtual Pushforward Sum(Op.Sum op) => Linear(op);

    /// <summary>y = max x: the tangents of the elements that are the maximum, by the rule for ties.</summary>
    public virtual Pushforward Maximum(Op.Maximum op) => new(op.Name, (y, t) => t[0] is { } dx
        ? Expr.Call<Chain>(dx, Expr.Of(new Op.MaximumIndicator(op.Axes, op.Ties), y.Args[0])).Sum([.. op.Axes])
        : null);

    /// <summary>Which element is the maximum is constant almost everywhere.</summary>
    public virtual Pushforward MaximumIndicator(Op.MaximumIndicator op) => new(op.Name, (y, t) => t[0] is null ? null : Gradient.Zero(y));

    public virtual Pushforward MatMul(Op.MatMul op) => Bilinear(op);

    public virtual Pushforward Convolution(Op.Convolution op) => Bilinear(op);

    public virtual Pushforward Reshape(Op.Reshape op) => Linear(op);

    public virtual Pushforward Permute(Op.Permute op) => Linear(op);

    public virtual Pushforward BroadcastTo(Op.BroadcastTo op) => Linear(op);

    public virtual Pushforward Slice(Op.Slice op) => Linear(op);

    public virtual Pushforward Pad(Op.Pad op) => Linear(op);

    /// <summary>The tangents joined; a part without one has zeros.</summary>
    public virtual Pushforward Concatenate(Op.Concatenate op) => new(op.Name, (y, t) => t.All(dx => dx is null)
        ? null
        : Expr.Of(op, [.. y.Args.Zip(t, (part, dx) => dx ?? Gradient.Zero(part))]));

    public virtual Pushforward StopGradient(Op.StopGradient op) => Leaf("stop_gradient");

    /// <summary>The pushforward of the body, itself a definition of the arguments and their tangents; where a definition has a pullback of
    /// its own, that one's transpose.</summary>
    public virtual Pushforward Call(Op.Call op) => new(op.Name, (y, t) =>
    {
        ImmutableArray<Expr> given = [.. t.OfType<Expr>()];
        if (given.IsEmpty) return null;
        var parameters = op.Definition.Parameters;
        ImmutableArray<(Expr X, Expr Tangent)> along =
            [.. parameters.Where((_, i) => t[i] is not null).Select(p => (p, Expr.Variable($"d{Printer.Short(p)}", p.Shape)))];
        var tangent = op.Definition.Adjoints.IsDefault
            ? Jvp.Tangents([op.Definition.Body], along, this)[0]
            : Jvp.Transposed(Expr.Of(op, parameters), along, Pullbacks.Standard);
        return tangent is null ? null : Expr.Of(
            new Op.Call(new Definition($"{op.Name}_pushforward", [.. parameters, .. along.Select(a => a.Tangent)], tangent)), [.. y.Args, .. given]);
    });
}
