using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Layers;

/// <summary>What a layer makes of an input, and the updates of its own statistics that go with it (none for most layers).</summary>
public sealed record LayerOutput(Expr Value, ImmutableArray<Update> Updates)
{
    public static implicit operator LayerOutput(Expr value) => new(value, []);
}
