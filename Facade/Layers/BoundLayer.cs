using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>A layer in its place: it has a name, knows the shape of its inputs and owns the variables of its parameters.</summary>
public sealed class BoundLayer
{
    internal BoundLayer(string name, Layer layer, Shape input, ImmutableArray<Parameter> parameters)
    {
        (Name, Layer, Input, Parameters) = (name, layer, input, parameters);
        Output = Apply(Mode.Evaluation, default, Expr.Variable("input", input)).Value.Shape;
    }

    public string Name { get; }

    public Layer Layer { get; }

    public Shape Input { get; }

    public Shape Output { get; }

    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>(mode, key, input) to (output, updates). What is built here carries the layer's name as its scope.</summary>
    /// <exception cref="ShapeException">The input has another shape than the layer was bound to.</exception>
    public LayerOutput Apply(Mode mode, Key key, Expr input)
    {
        if (input.Shape != Input) throw new ShapeException($"layer {Name} ({Layer.Kind}): an input of shape {input.Shape} came in; {Input} would fit");
        var output = Origin.Within(Name, () => Layer.Forward(mode, key.Fold(Name), input, [.. Parameters.Select(p => p.Variable)]));
        // A variable under another name would be another variable.
        return ReferenceEquals(output.Value, input) ? output : output with { Value = output.Value.Named(Name) };
    }
}
