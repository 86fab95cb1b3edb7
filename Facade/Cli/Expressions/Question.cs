using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>What is asked of an expression over named arrays: its value, and the derivatives of it.</summary>
/// <param name="Text">The expression, in the language of <see cref="Graph.Language.Parser"/>.</param>
/// <param name="Gradients">Variables x with respect to which ⟨cotangent, out⟩ is differentiated: grad_x.</param>
/// <param name="Cotangent">The array that is the cotangent of out; 1 where there is none and out is a scalar.</param>
/// <param name="Tangents">Variables with the arrays that are their tangents, all together one jvp.</param>
/// <param name="Directions">Variables with the arrays that are their directions: hvp_x = Σⱼ ∂²⟨cotangent, out⟩/∂x∂xⱼ · vⱼ.</param>
/// <param name="Shapes">Shapes of variables that name sizes; other variables have their arrays' shapes.</param>
internal sealed record Question(
    string Text,
    ImmutableArray<string> Gradients,
    string? Cotangent,
    ImmutableArray<Pair> Tangents,
    ImmutableArray<Pair> Directions,
    ImmutableArray<DeclaredShape> Shapes)
{
    /// <summary>Equal for equal questions about arrays of equal names and shapes: what is compiled for one serves the other.</summary>
    public string KeyFor(Arrays arrays) => string.Join('\n',
    [
        Text, string.Join(',', Gradients), Cotangent ?? "", string.Join(',', Tangents), string.Join(',', Directions), string.Join(';', Shapes),
        .. arrays.Names.Select(name => $"{name}{StoredSizes(arrays, name)}"),
    ]);

    private static Shape StoredSizes(Arrays arrays, string name) => Shape.Of(arrays[name].Sizes);
}
