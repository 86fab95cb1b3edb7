using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// Another batch from a batch, both of the shape (n, …): a pure function of the key and the batch, whose result is written over
/// whatever the memory given for it holds.
/// </summary>
public delegate void BatchTransform(Key key, Buffer<float> batch, Buffer<float> result);
