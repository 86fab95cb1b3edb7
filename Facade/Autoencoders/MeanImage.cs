using AutoDiffAE.Tensors;

namespace AutoDiffAE.Autoencoders;

/// <summary>The least that can be learned: the same image, the mean of those seen, for every input.</summary>
public static class MeanImage
{
    /// <summary>The mean squared error over images when each is predicted to be the mean of the training images.</summary>
    /// <param name="train">(n, …)</param>
    /// <param name="validation">(m, …)</param>
    public static double Error(Tensor<float> train, Tensor<float> validation)
    {
        var mean = new double[train.Length / train.Sizes[0]];
        for (var i = 0; i < train.Length; i++) mean[i % mean.Length] += train.Span[i] / (double)train.Sizes[0];
        var sum = 0.0;
        for (var i = 0; i < validation.Length; i++) sum += Math.Pow(validation.Span[i] - mean[i % mean.Length], 2);
        return sum / validation.Length;
    }
}
