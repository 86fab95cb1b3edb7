using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Initializers;

/// <summary>A parameter's value at the start: a pure function of a key and the shape.</summary>
public delegate Tensor<double> Initializer(Key key, Shape shape);
