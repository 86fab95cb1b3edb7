using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// Another batch from a batch, both of the shape (n, …), chosen by a key. Where examples live on a device, only one with a graph can be done there; the
/// batches of another are made by the host.
/// </summary>
/// <param name="Copy">Writes the result over whatever the memory given for it holds.</param>
/// <param name="Chosen">The same as a graph.</param>
public sealed record BatchTransform(Action<Key, Buffer<float>, Buffer<float>> Copy, ChosenTransform? Chosen = null);

/// <summary>A transform whose chance is drawn beforehand: some numbers for each example, and a graph of the batch and of these.</summary>
/// <param name="Each">How many numbers an example has.</param>
/// <param name="Draw">Writes the numbers (n, each) of a batch of n examples.</param>
/// <param name="Of">The result of a batch (n, …) and its numbers (n, each).</param>
public sealed record ChosenTransform(int Each, Action<Key, int, Span<float>> Draw, Func<Expr, Expr, Expr> Of);
