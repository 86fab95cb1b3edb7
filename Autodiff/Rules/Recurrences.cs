using AutoDiffAE.Graph;

namespace AutoDiffAE;

public partial class Pullbacks
{
    /// <summary>
    /// yₖ = aₖ yₖ₋₁ + bₖ: sₖ = dyₖ + aₖ₊₁ sₖ₊₁ is what all later values make of a change of yₖ, so dbₖ = sₖ and daₖ = sₖ yₖ₋₁.
    /// </summary>
    public virtual Pullback Cumulate(Op.Cumulate op) => new(op.Name, (y, dy) =>
    {
        var s = Expr.Of(new Op.Cumulate(op.Axis, !op.Reverse), Behind(y.Args[0], op), dy);
        return [Times(s, y.Shifted(op.Axis, op.Reverse)), s];
    });

    /// <summary>The factor of the place behind; where all are one number, that. What stands at the end is never read.</summary>
    private static Expr Behind(Expr a, Op.Cumulate op) =>
        a is { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal }] } ? a : a.Shifted(op.Axis, !op.Reverse);

    /// <summary>The last of the elements up to here that reached the maximum has its cotangent, as torch.cummax gives it.</summary>
    public virtual Pullback RunningMaximum(Op.RunningMaximum op) => new(op.Name, (y, dy) =>
        [dy.ScatterAlong(Reached(op, y), op.Axis, y.Shape[op.Axis])]);

    /// <summary>Where the running maximum was reached last: the running maximum of the positions that reach it.</summary>
    internal static Expr Reached(Op.RunningMaximum op, Expr y)
    {
        var (x, top) = (y.Args[0].StopGradient(), y.StopGradient());
        var reaches = Formulas.Maximum(Expr.GreaterOrEqual(x, top), Formulas.NotEqual(x, x));
        return Expr.Of(op, Formulas.Where(reaches, Formulas.Positions(x.Shape, op.Axis), 0.0));
    }
}

public partial class Pushforwards
{
    /// <summary>yₖ = aₖ yₖ₋₁ + bₖ: y'ₖ = aₖ y'ₖ₋₁ + a'ₖ yₖ₋₁ + b'ₖ.</summary>
    public virtual Pushforward Cumulate(Op.Cumulate op) => new(op.Name, (y, t) =>
        Total(t[0] is { } da ? Pullbacks.Times(da, y.Shifted(op.Axis, op.Reverse)) : null, t[1]) is { } db ? Expr.Of(op, y.Args[0], db) : null);

    /// <summary>The tangent of the last element that reached the maximum.</summary>
    public virtual Pushforward RunningMaximum(Op.RunningMaximum op) => new(op.Name, (y, t) => t[0]?.TakeAlong(Pullbacks.Reached(op, y), op.Axis));
}
