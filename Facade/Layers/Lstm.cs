using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;

namespace AutoDiffAE.Layers;

/// <summary>
/// Long short-term memory over sequences (n, length, features): with (i, f, g, o) = xₜ W + hₜ₋₁ U + b, cₜ = σ(f) cₜ₋₁ + σ(i) tanh(g) and
/// hₜ = σ(o) tanh(cₜ). W is (features, 4 units), U is (units, 4 units), b is (4 units), the gates in the order i, f, g, o: PyTorch's, whose weights are
/// these transposed and whose two biases add up to b. Lasagne keeps the gates apart, has peepholes unless told otherwise, and draws normal weights
/// with the deviation 0.1. S. Hochreiter, J. Schmidhuber, 1997; F. A. Gers et al., 2000.
/// </summary>
/// <param name="Units">At least 1.</param>
/// <param name="Last">Only the last h is given, (n, units); else that of each step, (n, length, units).</param>
/// <param name="Backwards">From the end to the beginning; states stand where their inputs do.</param>
/// <param name="Peepholes">
/// Gates see the cell too: cₜ₋₁ times peephole_i is added to i, cₜ₋₁ times peephole_f to f, and cₜ times peephole_o to o; each is (units), at first 0.
/// </param>
/// <param name="W">By default Glorot and Bengio's uniform weights.</param>
/// <param name="U">Likewise.</param>
/// <param name="B">By default 0.</param>
public sealed record Lstm(
    int Units,
    bool Last = false,
    bool Backwards = false,
    bool Peepholes = false,
    Initializer? W = null,
    Initializer? U = null,
    Initializer? B = null) : Unrolled(Units, Last, Backwards, W, U, B)
{
    public override string Kind => "lstm";

    private protected override int Gates => 4;

    private protected override int Kept => 2;

    private protected override ImmutableArray<(string Name, int Length)> Others =>
        Peepholes ? [("peephole_i", Units), ("peephole_f", Units), ("peephole_o", Units)] : [];

    private protected override ImmutableArray<Expr> Next(Expr input, ImmutableArray<Expr> state, Expr u, ImmutableArray<Expr> others)
    {
        var (h, c) = (state[0], state[1]);
        var gates = Parts(input + h.MatMul(u), 4);
        Expr Seeing(Expr gate, Expr cell, int peephole) => Peepholes ? gate + cell * others[peephole] : gate;
        var cell = Seeing(gates[1], c, 1).Sigmoid() * c + Seeing(gates[0], c, 0).Sigmoid() * gates[2].Tanh();
        return [Seeing(gates[3], cell, 2).Sigmoid() * cell.Tanh(), cell];
    }
}
