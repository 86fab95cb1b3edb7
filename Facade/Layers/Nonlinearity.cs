using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Any formula of the input alone: an activation, or whatever else maps an expression to an expression.</summary>
public sealed record Nonlinearity(Func<Expr, Expr> Function, string Kind = "nonlinearity") : Layer
{
    public override string Kind { get; } = Kind;

    /// <summary>Known where nothing but elementwise functions are used.</summary>
    protected internal override ImmutableArray<TapAxis>? Field(Shape input)
    {
        var x = Expr.Variable("input", input);
        return Traversal.Topological([Inlined.Of(Function(x))]).All(e => e == x || e.Op is Op.Map || e.Args.All(a => a.Rank == 0))
            ? Space.Pointwise(input)
            : null;
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input], p => Function(p[0]));
}
