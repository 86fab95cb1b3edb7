using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Multi-head self-attention over sequences (n, length, features): with (q, k, v) = x W + b, each head is softmax(q kᵀ / √e) v over its e = features /
/// heads places, and y is the heads side by side, times V, plus c. W is (features, 3 features), b is (3 features), V is (features, features), c is
/// (features): q, k, v in this order, so PyTorch's in_proj and out_proj are these transposed. A. Vaswani et al., 2017.
/// </summary>
/// <param name="Heads">Divides the features.</param>
/// <param name="IsCausal">A place sees itself and those before it only.</param>
/// <param name="W">By default Glorot and Bengio's uniform weights.</param>
/// <param name="V">Likewise.</param>
public sealed record SelfAttention(int Heads, bool IsCausal = false, Initializer? W = null, Initializer? V = null) : Layer
{
    public override string Kind => "self_attention";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank == 3, name, input, "sequences (n, length, features) would fit");
        var features = Length(name, input, 2);
        Require(Heads >= 1 && features % Heads == 0, name, input, $"{Heads} heads would fit where they divide the {features} features");
        return
        [
            Parameter.Of(name, "W", [features, 3 * features], W ?? Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "b", [3 * features], Init.Constant(0), Parameter.Bias),
            Parameter.Of(name, "V", [features, features], V ?? Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "c", [features], Init.Constant(0), Parameter.Bias),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input, .. parameters], p =>
        {
            var (n, length, features) = (input.Shape[0], input.Shape[1], input.Shape[2]);
            var each = Dim.FloorDivide(features, Heads);
            // (n · length, 3 · heads · e) to q, k and v of (n, heads, length, e).
            var parts = (p[0].Reshape(n * length, features).MatMul(p[1]) + p[2]).Split(3, 1);
            var heads = parts.Select(part => part.Reshape(n, length, Heads, each).Permute(0, 2, 1, 3)).ToList();
            var seen = Formulas.ScaledDotProductAttention(heads[0], heads[1], heads[2], isCausal: IsCausal);
            return (seen.Permute(0, 2, 1, 3).Reshape(n * length, features).MatMul(p[3]) + p[4]).Reshape(n, length, features);
        });
}
