using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>dx = (∂y/∂x)ᵀ dy of a node's layer, its inputs being dy, and x where the layer is not linear in it.</summary>
internal sealed record WayBack : MergeLayer
{
    private readonly Node _node;

    public WayBack(string kind, Node node)
    {
        (Kind, _node) = (kind, node);
        var (x, dy) = (Expr.Variable("x", node.Layer.Input), Expr.Variable("dy", node.Shape));
        NeedsInput = new[] { Mode.Evaluation, Mode.Training }.Any(mode => Traversal.Variables([Pulled(mode, default, x, dy, Variables)]).Contains(x));
    }

    public override string Kind { get; }

    /// <summary>Whether the result depends on the value at which the layer is turned round.</summary>
    public bool NeedsInput { get; }

    protected internal override ImmutableArray<Parameter> Declare(string name, ImmutableArray<Shape> inputs) => _node.Layer.Parameters;

    /// <summary>Noise is drawn as the layer itself draws it.</summary>
    internal override Key Drawing(string name, Key key) => _node.Layer.Layer.Drawing(_node.Name, key);

    protected internal override LayerOutput Forward(Mode mode, Key key, ImmutableArray<Expr> inputs, ImmutableArray<Expr> parameters) =>
        Pulled(mode, key, NeedsInput ? inputs[1] : Expr.Variable("x", _node.Layer.Input), inputs[0], parameters);

    private ImmutableArray<Expr> Variables => [.. _node.Layer.Parameters.Select(p => p.Variable)];

    private Expr Pulled(Mode mode, Key key, Expr x, Expr dy, ImmutableArray<Expr> parameters)
    {
        var at = Expr.Variable("x", x.Shape);
        var y = _node.Layer.Layer.ForwardAll(mode, key, [at], parameters).Value;
        var dx = ReferenceEquals(y, at) ? dy : Inlined.Of(Vjp.Of(y, dy, at));
        return Traversal.Substitute([dx], new Dictionary<Expr, Expr> { [at] = x })[0];
    }
}
