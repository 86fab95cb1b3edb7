using AutoDiffAE.Graph;

namespace AutoDiffAE.Objectives;

/// <summary>What is added to a loss: a scalar of a parameter, or of a layer's output.</summary>
public delegate Expr Penalty(Expr x);
