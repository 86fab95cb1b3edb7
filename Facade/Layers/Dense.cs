using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>y = f(x W + b) of inputs (n, in): W is (in, out), b is (out).</summary>
/// <param name="Units">out, at least 1.</param>
/// <param name="Nonlinearity">f; none means a linear layer.</param>
/// <param name="W">By default Glorot and Bengio's uniform weights.</param>
/// <param name="B">By default 0.</param>
public sealed record Dense(int Units, Func<Expr, Expr>? Nonlinearity = null, Initializer? W = null, Initializer? B = null) : Layer
{
    public override string Kind => "dense";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Units >= 1, name, input, $"{Units} units cannot be had, 1 or more can");
        Require(input.Rank == 2, name, input, "(n, features) would fit: put a Flatten before it");
        return
        [
            Parameter.Of(name, "W", [Length(name, input, 1), Units], W ?? Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "b", [Units], B ?? Init.Constant(0), Parameter.Bias),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input, .. parameters], p => (Nonlinearity ?? Linear)(p[0].MatMul(p[1]) + p[2]));

    private static Expr Linear(Expr x) => x;
}
