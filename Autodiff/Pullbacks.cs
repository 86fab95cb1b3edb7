using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

/// <summary>
/// The table of structural pullbacks. It is a value that a tape is given, so that a test can plant a wrong row and see it caught:
/// derive from this class and override one.
/// </summary>
public class Pullbacks : IOpCases<Pullback>
{
    public static readonly Pullbacks Standard = new();

    private static Pullback Leaf(string name) => new(name, (_, _) => []);

    /// <summary>A rule for an operation of one argument.</summary>
    private static Pullback Linear(string name, Func<Expr, Expr, Expr> dx) => new(name, (y, dy) => [dx(y.Args[0], dy)]);

    public virtual Pullback Variable(Op.Variable op) => Leaf("variable");

    public virtual Pullback Constant(Op.Constant op) => Leaf("constant");

    public virtual Pullback Literal(Op.Literal op) => Leaf("literal");

    public virtual Pullback SizeOf(Op.SizeOf op) => Leaf("size");

    /// <summary>y = f(x…): dxᵢ = dy · ∂f/∂xᵢ, which is 0 where dy is 0 even if the derivative is infinite or not a number.</summary>
    public virtual Pullback Map(Op.Map op) => new(op.Function.Name, (y, dy) =>
        [.. op.Function.Derivatives(y.Args, y).Select(d => Times(dy, d))]);

    /// <summary>The chain rule's product of a cotangent or tangent and a partial derivative.</summary>
    internal static Expr Times(Expr dy, Expr derivative) => derivative.Op switch
    {
        Op.Literal { Value: 1 } => dy,
        Op.Literal { Value: -1 } => -dy,
        Op.Literal { Value: 0 } => derivative.BroadcastTo(dy.Shape),
        Op.Literal => dy * derivative,
        _ => Expr.Call<Chain>(dy, derivative),
    };

    /// <summary>y = Σ x: every summed element has dy.</summary>
    public virtual Pullback Sum(Op.Sum op) => Linear("sum", (x, dy) => Restored(dy, x.Shape, op.Axes));

    /// <summary>y = max x: the elements that are the maximum have dy, by the rule for ties.</summary>
    public virtual Pullback Maximum(Op.Maximum op) => Linear("max", (x, dy) =>
        Expr.Call<Chain>(Restored(dy, x.Shape, op.Axes), Expr.Of(new Op.MaximumIndicator(op.Axes, op.Ties), x)));

    /// <summary>Which element is the maximum is constant almost everywhere.</summary>
    public virtual Pullback MaximumIndicator(Op.MaximumIndicator op) => Linear("max_indicator", (x, _) => ((Expr)0.0).BroadcastTo(x.Shape));

    /// <summary>Y = A B: dA = dY Bᵀ, dB = Aᵀ dY.</summary>
    public virtual Pullback MatMul(Op.MatMul op) => new("matmul", (y, dy) =>
        [dy.MatMul(y.Args[1].Transpose()), y.Args[0].Transpose().MatMul(dy)]);

    /// <summary>⟨dy, x ⋆ w⟩ is linear in each of its three legs, so the cotangent of each is the form with that leg left open.</summary>
    public virtual Pullback Convolution(Op.Convolution op) => new(op.Name, (z, dz) => op.Open switch
    {
        Leg.Output => [Open(op, Leg.Input, dz, z.Args[1], z.Args[0]), Open(op, Leg.Kernel, z.Args[0], dz, z.Args[1])],
        Leg.Input => [Open(op, Leg.Output, dz, z.Args[1], null), Open(op, Leg.Kernel, dz, z.Args[0], z.Args[1])],
        _ => [Open(op, Leg.Input, z.Args[1], dz, z.Args[0]), Open(op, Leg.Output, z.Args[0], dz, null)],
    });

    private static Expr Open(Op.Convolution op, Leg leg, Expr a, Expr b, Expr? like) =>
        Expr.Of(new Op.Convolution(op.Form, leg, like is null ? Shape.Scalar : new Shape(like.Shape.Dims[2..])), a, b);

    public virtual Pullback Reshape(Op.Reshape op) => Linear("reshape", (x, dy) => dy.Reshape(x.Shape));

    public virtual Pullback Permute(Op.Permute op) => Linear("permute", (_, dy) => dy.Permute([.. op.Order.Inverse]));

    /// <summary>A value that was repeated collects the cotangents of all its copies: a sum over the axes along which it was broadcast.</summary>
    public virtual Pullback BroadcastTo(Op.BroadcastTo op) => Linear("broadcast", (x, dy) =>
        dy.Sum([.. Broadcast.Repeated(x.Shape, op.Target)]).Reshape(x.Shape));

    /// <summary>What was not read has cotangent 0.</summary>
    public virtual Pullback Slice(Op.Slice op) => Linear("slice", (x, dy) => Expr.Of(new Op.Pad(op.Ranges, x.Shape), dy));

    public virtual Pullback Pad(Op.Pad op) => Linear("pad", (_, dy) => Expr.Of(new Op.Slice(op.Ranges), dy));

    /// <summary>Each part reads its own stretch of dy.</summary>
    public virtual Pullback Concatenate(Op.Concatenate op) => new("concat", (y, dy) =>
    {
        var starts = y.Args.Aggregate(ImmutableArray.Create<Dim>(0), (at, part) => at.Add(at[^1] + part.Shape[op.Axis]));
        return [.. y.Args.Select((part, i) => dy.Slice(op.Axis, new StridedRange(starts[i], part.Shape[op.Axis])))];
    });

    public virtual Pullback StopGradient(Op.StopGradient op) => new("stop_gradient", (_, _) => [null]);

    /// <summary>
    /// The chain rule through a definition: the pullback of its body, itself a definition of the arguments and dy; or the definition's
    /// own, where it has one.
    /// </summary>
    public virtual Pullback Call(Op.Call op) => new(op.Name, (y, dy) =>
    {
        if (!op.Definition.Adjoints.IsDefault)
            return [.. op.Definition.Adjoints.Select(d => d is null ? null : Expr.Of(new Op.Call(d), [.. y.Args, y, dy]))];
        var cotangent = Expr.Variable("dy", y.Shape);
        var tape = Tape.Of(op.Definition.Body, op.Definition.Parameters, this, cotangent);
        return [.. tape.Results.Select((dx, i) => dx is null ? null : Expr.Of(
            new Op.Call(new Definition($"{op.Name}_pullback", [.. op.Definition.Parameters, cotangent], dx)), [.. y.Args, dy]))];
    });

    /// <summary>A reduced value repeated along the axes that it was reduced over.</summary>
    private static Expr Restored(Expr dy, Shape shape, Axes axes) => dy.Rank == 0
        ? dy.BroadcastTo(shape)
        : dy.Reshape(new Shape([.. shape.Select((d, i) => axes.Contains(i) ? 1 : d)])).BroadcastTo(shape);
}
