using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>Half of the images mirrored left to right and another random half upside down: as many and more views of the same things.</summary>
public static class FlipHalf
{
    /// <summary>⌊n/2⌋ of n images are mirrored, ⌊n/2⌋ drawn independently are turned upside down; a quarter has both, a quarter neither.</summary>
    /// <param name="batch">(n, channels, height, width)</param>
    /// <exception cref="ArgumentException">The batch is of another rank.</exception>
    public static Tensor<float> Apply(Key key, Tensor<float> batch)
    {
        if (batch.Rank != 4) throw new ArgumentException($"a batch of shape {batch.Shape} cannot be flipped, (n, channels, height, width) can", nameof(batch));
        var (n, channels, height, width) = (batch.Sizes[0], batch.Sizes[1], batch.Sizes[2], batch.Sizes[3]);
        var (mirrored, inverted) = (Half(key.Fold("mirror"), n), Half(key.Fold("invert"), n));
        return Tensor<float>.Build(batch.Sizes, values =>
        {
            var from = batch.Span;
            for (var image = 0; image < n; image++)
                for (var row = 0; row < channels * height; row++)
                {
                    var (plane, line) = (row / height, row % height);
                    var source = plane * height + (inverted[image] ? height - 1 - line : line);
                    var target = values.Slice((image * channels * height + row) * width, width);
                    from.Slice((image * channels * height + source) * width, width).CopyTo(target);
                    if (mirrored[image]) target.Reverse();
                }
        });
    }

    /// <summary>Exactly half of the positions, rounded down.</summary>
    private static bool[] Half(Key key, int n)
    {
        var chosen = new bool[n];
        foreach (var i in Philox.Permutation(key, n).AsSpan(0, n / 2)) chosen[i] = true;
        return chosen;
    }
}
