using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE;

public partial class Pullbacks
{
    /// <summary>y = f(x…): dxᵢ = dy · ∂f/∂xᵢ, which is 0 where dy is 0 even if the derivative is infinite or not a number.</summary>
    public virtual Pullback Map(Op.Map op) => new(op.Function.Name, (y, dy) =>
        [.. Derivatives(op.Function, y).Select(d => Times(dy, d))]);

    private static IReadOnlyList<Expr> Derivatives(ScalarFunction function, Expr y) =>
        function.IsOwn ? function.Derivatives(y.Args, y) : Origin.OfUser(() => function.Derivatives(y.Args, y));

    /// <summary>The chain rule's product of a cotangent or tangent and a partial derivative.</summary>
    internal static Expr Times(Expr dy, Expr derivative) => derivative.Op switch
    {
        Op.Literal { Value: 1 } => dy,
        Op.Literal { Value: -1 } => -dy,
        Op.Literal { Value: 0 } => derivative.BroadcastTo(dy.Shape),
        Op.Literal => dy * derivative,
        _ => Expr.Call<Chain>(dy, derivative),
    };
}

public partial class Pushforwards
{
    /// <summary>y = f(x…): y' = Σ xᵢ' · ∂f/∂xᵢ, in which 0 times an infinite derivative is 0.</summary>
    public virtual Pushforward Map(Op.Map op) => new(op.Name, (y, t) =>
        Total(op.Function.Derivatives(y.Args, y).Zip(t, (d, dx) => dx is null ? null : Pullbacks.Times(dx, d))));
}
