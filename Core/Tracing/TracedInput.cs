using AutoDiffAE.Graph;

namespace AutoDiffAE.Tracing;

/// <summary>What a node was made from.</summary>
/// <param name="Node">The argument.</param>
/// <param name="Range">Its numbers.</param>
/// <param name="At">Of an elementwise operation the number from which the first one that is not finite was made.</param>
public sealed record TracedInput(Expr Node, ValueRange Range, double? At);
