using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Layers;

/// <summary>What a network makes of its inputs, in the order of its outputs, and the updates of its layers' statistics.</summary>
public sealed record NetworkOutput(ImmutableArray<Expr> Values, ImmutableArray<Update> Updates);
