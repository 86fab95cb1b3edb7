using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;

namespace AutoDiffAE.Layers;

/// <summary>
/// hₜ = f(xₜ W + hₜ₋₁ U + b) over sequences (n, length, features): W is (features, units), U is (units, units), b is (units). Lasagne's rectifies, and
/// draws its weights uniformly within 0.01; PyTorch's has two biases, whose sum b is.
/// </summary>
/// <param name="Units">At least 1.</param>
/// <param name="Nonlinearity">f; tanh when not given.</param>
/// <param name="Last">Only the last state is given, (n, units); else that of each step, (n, length, units).</param>
/// <param name="Backwards">From the end to the beginning; states stand where their inputs do.</param>
/// <param name="W">By default Glorot and Bengio's uniform weights.</param>
/// <param name="U">Likewise.</param>
/// <param name="B">By default 0.</param>
public sealed record Recurrent(
    int Units,
    Func<Expr, Expr>? Nonlinearity = null,
    bool Last = false,
    bool Backwards = false,
    Initializer? W = null,
    Initializer? U = null,
    Initializer? B = null) : Unrolled(Units, Last, Backwards, W, U, B)
{
    public override string Kind => "recurrent";

    private protected override int Gates => 1;

    private protected override ImmutableArray<Expr> Next(Expr input, ImmutableArray<Expr> state, Expr u, ImmutableArray<Expr> others) =>
        [(Nonlinearity ?? Formulas.Tanh)(input + state[0].MatMul(u))];
}
