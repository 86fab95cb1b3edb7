using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

public partial class Pullbacks
{
    /// <summary>y = Σ x: every summed element has dy.</summary>
    public virtual Pullback Sum(Op.Sum op) => Linear("sum", (x, dy) => Restored(dy, x.Shape, op.Axes));

    /// <summary>
    /// y = ∏ x: each element has dy times the product of the others, that of those before it times that of those behind it. Nothing is divided, so
    /// zeros are elements like others, in derivatives of any order.
    /// </summary>
    public virtual Pullback Product(Op.Product op) => Linear("prod", (x, dy) => Times(Restored(dy, x.Shape, op.Axes), x.ProductOfOthers(op.Axes)));

    /// <summary>y = max x: the elements that are the maximum have dy, by the rule for ties.</summary>
    public virtual Pullback Maximum(Op.Maximum op) => Linear("max", (x, dy) =>
        Expr.Call<Chain>(Restored(dy, x.Shape, op.Axes), Expr.Of(new Op.MaximumIndicator(op.Axes, op.Ties), x)));

    /// <summary>Which element is the maximum is constant almost everywhere.</summary>
    public virtual Pullback MaximumIndicator(Op.MaximumIndicator op) => Linear("max_indicator", (x, _) => ((Expr)0.0).BroadcastTo(x.Shape));

    /// <summary>A reduced value repeated along the axes that it was reduced over.</summary>
    private static Expr Restored(Expr dy, Shape shape, Axes axes) => dy.Rank == 0
        ? dy.BroadcastTo(shape)
        : dy.Reshape(new Shape([.. shape.Select((d, i) => axes.Contains(i) ? 1 : d)])).BroadcastTo(shape);
}

public partial class Pushforwards
{
    public virtual Pushforward Sum(Op.Sum op) => Linear(op);

    /// <summary>y = ∏ x: each tangent times the product of the others, in sum.</summary>
    public virtual Pushforward Product(Op.Product op) => new(op.Name, (y, t) => t[0] is { } dx
        ? Pullbacks.Times(dx, y.Args[0].ProductOfOthers(op.Axes)).Sum([.. op.Axes])
        : null);

    /// <summary>y = max x: the tangents of the elements that are the maximum, by the rule for ties.</summary>
    public virtual Pushforward Maximum(Op.Maximum op) => new(op.Name, (y, t) => t[0] is { } dx
        ? Expr.Call<Chain>(dx, Expr.Of(new Op.MaximumIndicator(op.Axes, op.Ties), y.Args[0])).Sum([.. op.Axes])
        : null);

    /// <summary>Which element is the maximum is constant almost everywhere.</summary>
    public virtual Pushforward MaximumIndicator(Op.MaximumIndicator op) => new(op.Name, (y, t) => t[0] is null ? null : Gradient.Zero(y));
}
