using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>Another batch of the same shape, (n, …), from a batch: a pure function of the key and the batch.</summary>
public delegate Tensor<float> BatchTransform(Key key, Tensor<float> batch);
