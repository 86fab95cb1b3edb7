using AutoDiffAE.Graph;

namespace AutoDiffAE.Tracing;

/// <summary>An output, or the next value of an update, computed twice.</summary>
/// <param name="Root">Its expression.</param>
/// <param name="Updated">The variable whose next value it is; null for an output.</param>
/// <param name="AsWritten">Its numbers where every node is computed by itself, as it was written.</param>
/// <param name="Compiled">Its numbers by the compiled function.</param>
public sealed record TracedResult(Expr Root, Expr? Updated, ValueRange AsWritten, ValueRange Compiled);
