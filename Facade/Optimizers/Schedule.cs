using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>
/// From the number of steps done (0 at the first one; a scalar) to the factor of the learning rate at the next: a formula in the graph, so that a device needs
/// no host for it and nothing is compiled again. In float steps are counted up to 2²⁴.
/// </summary>
public delegate Expr Schedule(Expr steps);
