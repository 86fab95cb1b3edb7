using AutoDiffAE.Graph;

namespace AutoDiffAE.Objectives;

/// <summary>What is made small: a scalar of a prediction and a target of one shape.</summary>
public delegate Expr Objective(Expr prediction, Expr target);
