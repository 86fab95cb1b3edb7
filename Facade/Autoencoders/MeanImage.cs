using AutoDiffAE.Data;

namespace AutoDiffAE.Autoencoders;

/// <summary>The least that can be learned: the same image, the mean of those seen, for every input.</summary>
public static class MeanImage
{
    /// <summary>The mean squared error over images when each is predicted to be the mean of the training images.</summary>
    /// <param name="train">(n, …)</param>
    /// <param name="validation">(m, …)</param>
    public static double Error(Examples train, Examples validation)
    {
        var sums = new double[train.Each];
        foreach (var image in Rows(train)) Sweeps.Add(image, sums);
        var mean = Array.ConvertAll(sums, sum => sum / train.Count);
        return Rows(validation).Sum(image => Sweeps.SquaredDeviation(image, mean)) / validation.Length;
    }

    /// <summary>Each image in turn, in the same memory.</summary>
    private static IEnumerable<float[]> Rows(Examples examples)
    {
        var image = new float[examples.Each];
        for (var i = 0; i < examples.Count; i++)
        {
            examples.Read((long)i * image.Length, image);
            yield return image;
        }
    }
}
