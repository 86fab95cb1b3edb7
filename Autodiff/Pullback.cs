using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE;

/// <summary>
/// The transposed derivative of one operation: from a node and the cotangent dy of its value to the cotangents that it contributes to
/// its arguments. Null stands for an argument that the value does not depend on smoothly: disconnected, which is not zero.
/// </summary>
public sealed record Pullback(string Name, Func<Expr, Expr, ImmutableArray<Expr?>> Contributions);
