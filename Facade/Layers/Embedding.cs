using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// A learned vector for each index: (n, …) whole numbers from 0 to below Words become (n, …, Units); W is (Words, Units). An index out of range is an
/// <see cref="IndexException"/> when it is met. No gradient reaches the indices.
/// </summary>
/// <param name="Words">How many indices there are, at least 1.</param>
/// <param name="Units">The length of a vector, at least 1.</param>
/// <param name="W">By default normal with the deviation 0.01, as in Lasagne (PyTorch's is 1).</param>
public sealed record Embedding(int Words, int Units, Initializer? W = null) : Layer
{
    public override string Kind => "embedding";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Words >= 1 && Units >= 1, name, input, $"{Words} vectors of {Units} cannot be had, 1 or more of each can");
        Require(input.Rank >= 1, name, input, "(n, …) of indices would fit");
        return [Parameter.Of(name, "W", [Words, Units], W ?? Init.Normal(0.01), Parameter.Regularizable)];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => input.Embedding(parameters[0]);
}
