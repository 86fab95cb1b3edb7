using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>Other gradients in place of those that came, one for each parameter, of its shape: a pure function.</summary>
public delegate ImmutableArray<Expr> GradientRule(ImmutableArray<Expr> gradients, ImmutableArray<Expr> parameters);
