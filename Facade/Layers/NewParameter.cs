using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Layers;

/// <summary>Names a parameter within the formula of an <see cref="Expression"/>; asked for again by the same name, it is the same.</summary>
/// <param name="name">Within the layer: "W".</param>
/// <param name="shape">Of numbers.</param>
/// <param name="initial">Glorot and Bengio's uniform weights where there are two axes or more, else 0, when not given.</param>
public delegate Expr NewParameter(string name, Shape shape, Initializer? initial = null);
