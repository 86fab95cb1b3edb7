using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>One value for each channel of (n, channels, space…): (n, channels).</summary>
/// <param name="Function">From (n, channels, space…) to (n, channels); the mean over all of space when not given, as Lasagne has it.</param>
public sealed record GlobalPool(Func<Expr, Expr>? Function = null) : Layer
{
    public override string Kind => "global_pool";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank >= 3, name, input, "(n, channels, …) with axes of space would fit");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input], p => (Function ?? Formulas.GlobalAveragePool)(p[0]));
}
