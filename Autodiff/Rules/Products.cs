using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

public partial class Pullbacks
{
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
}

public partial class Pushforwards
{
    public virtual Pushforward MatMul(Op.MatMul op) => Bilinear(op);

    public virtual Pushforward Convolution(Op.Convolution op) => Bilinear(op);
}
