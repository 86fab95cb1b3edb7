using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;

namespace AutoDiffAE.Layers;

/// <summary>
/// Gated recurrent units over sequences (n, length, features): with (r, z, n) the parts of xₜ W + b and (r', z', n') those of hₜ₋₁ U,
/// r = σ(r + r'), z = σ(z + z'), n = tanh(n + r (n' + c)) and hₜ = (1 - z) n + z hₜ₋₁. W is (features, 3 units), U is (units, 3 units), b is (3 units) and
/// c is (units), the gates in the order r, z, n: PyTorch's, whose weights are these transposed; its biases add up to b but for the hidden one of n, which
/// is c. Lasagne's update gate is 1 - z, and it has no c. K. Cho et al., 2014.
/// </summary>
/// <param name="Units">At least 1.</param>
/// <param name="Last">Only the last h is given, (n, units); else that of each step, (n, length, units).</param>
/// <param name="Backwards">From the end to the beginning; states stand where their inputs do.</param>
/// <param name="W">By default Glorot and Bengio's uniform weights.</param>
/// <param name="U">Likewise.</param>
/// <param name="B">By default 0.</param>
public sealed record Gru(
    int Units,
    bool Last = false,
    bool Backwards = false,
    Initializer? W = null,
    Initializer? U = null,
    Initializer? B = null) : Unrolled(Units, Last, Backwards, W, U, B)
{
    public override string Kind => "gru";

    private protected override int Gates => 3;

    private protected override ImmutableArray<(string Name, int Length)> Others => [("c", Units)];

    private protected override ImmutableArray<Expr> Next(Expr input, ImmutableArray<Expr> state, Expr u, ImmutableArray<Expr> others)
    {
        var h = state[0];
        var (x, y) = (Parts(input, 3), Parts(h.MatMul(u), 3));
        var (r, z) = ((x[0] + y[0]).Sigmoid(), (x[1] + y[1]).Sigmoid());
        return [(1 - z) * (x[2] + r * (y[2] + others[0])).Tanh() + z * h];
    }
}
