using AutoDiffAE.Shapes;

namespace AutoDiffAE.Layers;

/// <summary>A row of a network's table.</summary>
/// <param name="Parameters">How many numbers the layer learns; what an earlier row has counted is not counted again.</param>
/// <param name="From">The nodes that it is applied to.</param>
/// <param name="Flop">Floating-point operations of the output for one example, after training; null where sizes other than the examples' number are open.</param>
/// <param name="Field">
/// The receptive field: how many places of the input one place of the output depends on, along each axis of space; empty where that is all of them, or not known.
/// </param>
public sealed record LayerRow(string Name, string Kind, Shape Output, long Parameters, Sequence<string> From, double? Flop, Sequence<long> Field);
