using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>From a parameter's new value to one of its shape for which something holds: a pure function.</summary>
public delegate Expr Constraint(Expr value);
