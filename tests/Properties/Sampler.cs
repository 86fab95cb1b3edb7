using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>Random graphs of one operation: inputs with values, and the operation applied to them.</summary>
/// <param name="Case">The nested record of <see cref="Op"/> that it is for.</param>
public sealed record Sampler(string Name, Type Case, Linearity Linearity, Func<Draw, Expr> Build);
