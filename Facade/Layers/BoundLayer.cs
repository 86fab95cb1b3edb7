using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>A layer in its place: it has a name, knows the shape of its inputs and owns the variables of its parameters.</summary>
public sealed class BoundLayer
{
    internal BoundLayer(string name, Layer layer, ImmutableArray<Shape> inputs, ImmutableArray<Parameter> parameters)
    {
        (Name, Layer, Inputs, Parameters) = (name, layer, inputs, parameters);
        Output = Apply(Mode.Evaluation, default, [.. inputs.Select((s, i) => Expr.Variable(inputs.Length == 1 ? "input" : $"input{i}", s))]).Value.Shape;
    }

    public string Name { get; }

    public Layer Layer { get; }

    /// <summary>The shape of its input; of the first one, where it has several.</summary>
    public Shape Input => Inputs[0];

    public ImmutableArray<Shape> Inputs { get; }

    public Shape Output { get; }

    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>(mode, key, input) to (output, updates). What is built here carries the layer's name as its scope.</summary>
    /// <exception cref="ShapeException">The input has another shape than the layer was bound to.</exception>
    public LayerOutput Apply(Mode mode, Key key, Expr input) => Apply(mode, key, [input]);

    /// <summary>The same of several inputs.</summary>
    /// <exception cref="ShapeException">An input has another shape than the layer was bound to, or there are more or fewer.</exception>
    public LayerOutput Apply(Mode mode, Key key, ImmutableArray<Expr> inputs) => Apply(Name, mode, key, inputs);

    /// <summary>
    /// The same layer applied once more, with the same parameters: where it is said twice, as in siamese networks, each use adds to their gradients.
    /// </summary>
    /// <param name="name">Of the new node: no other node of the network has it. Random draws go by it.</param>
    /// <exception cref="ShapeException">An input has another shape than the layer was bound to, or there are more or fewer.</exception>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Node On(string name, params ImmutableArray<Node> inputs)
    {
        if (name.Length == 0) throw new ArgumentException($"a layer ({Layer.Kind}) has no name");
        RequireFit(name, [.. inputs.Select(i => i.Shape)]);
        return new(name, this, inputs);
    }

    internal LayerOutput Apply(string name, Mode mode, Key key, ImmutableArray<Expr> inputs)
    {
        RequireFit(name, [.. inputs.Select(i => i.Shape)]);
        var output = Origin.Within(name, () => Layer.ForwardAll(mode, Layer.Drawing(name, key), inputs, [.. Parameters.Select(p => p.Variable)]));
        // A variable under another name would be another variable.
        return inputs.Contains(output.Value) ? output : output with { Value = output.Value.Named(name) };
    }

    private void RequireFit(string name, ImmutableArray<Shape> inputs)
    {
        if (inputs.SequenceEqual(Inputs)) return;
        throw new ShapeException(inputs is [var one] && Inputs is [var wanted]
            ? $"layer {name} ({Layer.Kind}): an input of shape {one} came in; {wanted} would fit"
            : $"layer {name} ({Layer.Kind}): inputs of the shapes {string.Join(", ", inputs)} came in; {string.Join(", ", Inputs)} would fit");
    }
}
