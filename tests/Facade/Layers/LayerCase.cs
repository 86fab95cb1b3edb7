using System.Collections.Immutable;
using AutoDiffAE.Layers;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Tests.Layers;

/// <summary>A layer of random sizes in a small network.</summary>
/// <param name="Place">Puts it on the network's inputs.</param>
/// <param name="Inputs">The sizes of an example of each.</param>
/// <param name="Output">Those of the output, worked out without it.</param>
/// <param name="Indices">From 0 to below this the inputs are whole numbers, which have no gradient; 0 where they are any.</param>
internal sealed record LayerSample(Func<ImmutableArray<Node>, Node> Place, int[][] Inputs, int[] Output, int Indices = 0)
{
    public LayerSample(Layer layer, int[] input, int[] output, int indices = 0) : this(nodes => layer.On("it", nodes), [input], output, indices) { }

    public Network Network()
    {
        ImmutableArray<Node> inputs = [.. Inputs.Select((sizes, i) => new AutoDiffAE.Layers.Input(Shape.Of(sizes)).On($"x{i}"))];
        return AutoDiffAE.Layers.Network.Of(inputs, [Place(inputs)]);
    }
}

/// <summary>A layer that the laws are tried on, with sizes drawn for each case.</summary>
internal sealed record LayerCase(Type Layer, string Name, Func<Draw, LayerSample> Build)
{
    public static LayerCase Of<L>(Func<Draw, LayerSample> build, string? name = null) where L : Layer => new(typeof(L), typeof(L).Name + (name is null ? "" : $", {name}"), build);

    public override string ToString() => Name;
}
