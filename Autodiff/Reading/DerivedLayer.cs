using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>All between two boundaries, differentiated at once.</summary>
/// <param name="Output">Its value.</param>
/// <param name="Name">The value's name.</param>
/// <param name="Words">What it does.</param>
/// <param name="Where">Parts of <see cref="Formula"/> that have names of their own.</param>
/// <param name="Formula">The value, in terms of the boundaries before it and of variables.</param>
/// <param name="Shape">The value's shape.</param>
public sealed record DerivedLayer(Expr Output, string Name, string Words, ImmutableArray<NamedFormula> Where, string Formula, Shape Shape)
{
    /// <summary>The name of the value's cotangent; null where none of the variables asked for lies behind it.</summary>
    public string? Cotangent { get; init; }

    /// <summary>Parts of the equations that have names of their own.</summary>
    public ImmutableArray<NamedFormula> Parts { get; init; } = [];

    /// <summary>What the boundaries before it and its parameters receive, simplified.</summary>
    public ImmutableArray<DerivationEquation> Equations { get; init; } = [];
}
