using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>A variable with its value. One that does not vary is a condition or a constant, and has no finite difference.</summary>
public sealed record Input(Expr Variable, Tensor<double> Value, bool Varies = true);
