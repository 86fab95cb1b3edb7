using AutoDiffAE.Graph;

namespace AutoDiffAE.Objectives;

/// <summary>The losses of a prediction's elements, or of its examples: what <see cref="Aggregate"/> makes a mean or a sum of.</summary>
public delegate Expr Criterion(Expr prediction, Expr target);
