using AutoDiffAE.Shapes;

namespace AutoDiffAE.Layers;

/// <summary>A row of a network's table.</summary>
/// <param name="Parameters">How many numbers the layer learns.</param>
public sealed record LayerRow(string Name, string Kind, Shape Output, long Parameters);
