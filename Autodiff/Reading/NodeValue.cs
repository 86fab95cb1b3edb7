using System.Collections.Immutable;
using AutoDiffAE.Checking;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reading;

/// <summary>A node in numbers.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Cotangent">∂cost/∂node, of the value's shape; null where the derivation needs none.</param>
/// <param name="Differences">The same by differences, for some elements or all.</param>
public sealed record NodeValue(Tensor<double> Value, Tensor<double>? Cotangent, ImmutableArray<ElementDifference> Differences);

/// <summary>An element of a cotangent beside the central difference of the cost.</summary>
/// <param name="Element">Counted in row-major order.</param>
/// <param name="Cotangent">What the derivation says.</param>
/// <param name="Difference">What the differences say, and how well they know.</param>
public sealed record ElementDifference(int Element, double Cotangent, Estimate Difference)
{
    /// <summary>Whether the differences settled; beside a kink or a jump they do not.</summary>
    public bool Settles => FiniteDifferences.IsGood(Difference);

    public bool Agrees => FiniteDifferences.Agree(Cotangent, Difference);
}
