using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Any formula of the input alone: an activation, or whatever else maps an expression to an expression.</summary>
public sealed record Nonlinearity(Func<Expr, Expr> Function, string Kind = "nonlinearity") : Layer
{
    public override string Kind { get; } = Kind;

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input], p => Function(p[0]));
}
