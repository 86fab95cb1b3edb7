using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>A variable of a layer: one that is learned, or a statistic that the layer keeps of what it has seen.</summary>
/// <param name="Name">Its full name, the layer's path first: "conv/W". Files and random draws go by it.</param>
/// <param name="Variable">Its node in the graph, whose value a store has.</param>
/// <param name="Tags">What it is: "regularizable" weights, a "bias", a "statistic" that no gradient changes.</param>
public sealed record Parameter(string Name, Expr Variable, Initializer Initializer, ImmutableHashSet<string> Tags)
{
    public const string Regularizable = "regularizable", Bias = "bias", Statistic = "statistic";

    /// <summary>Whether an optimizer changes it.</summary>
    public bool IsLearned => !Tags.Contains(Statistic);

    public static Parameter Of(string layer, string name, ReadOnlySpan<int> sizes, Initializer initializer, params ReadOnlySpan<string> tags) =>
        new($"{layer}/{name}", Expr.Variable($"{layer}/{name}", Shape.Of(sizes.ToArray())), initializer, [.. tags]);

    public int Count => checked((int)Variable.Shape.Size.Value!.Value);

    /// <summary>The value at the start: a function of the key and this name alone, so no other layer changes it.</summary>
    public Tensor<T> Initial<T>(Key key) where T : unmanaged, INumber<T> =>
        Initializer(key.Fold(Name), Variable.Shape).Cast<T>();
}
