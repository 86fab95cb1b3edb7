using AutoDiffAE.Shapes;

namespace AutoDiffAE.Exchange;

/// <summary>An input or output of a model: floats of a shape, in which a named size may be any.</summary>
internal sealed record OnnxValue(string Name, Shape Shape);
