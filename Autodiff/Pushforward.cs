using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>
/// The derivative of one operation: from a node and the tangents of its arguments to the tangent of its value. Null stands for no
/// smooth dependence, in arguments and in the result: disconnected, which is not zero.
/// </summary>
public sealed record Pushforward(string Name, Func<Expr, ImmutableArray<Expr?>, Expr?> Tangent);
