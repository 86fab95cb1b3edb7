using AutoDiffAE.Graph;
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
        var flip = new Flip(key, batch.Sizes);
        return Tensor<float>.Build(batch.Sizes, values => flip.Copy(batch.Span, values));
    }

    /// <summary>As a training takes it, in memory or as a graph.</summary>
    public static BatchTransform Transform { get; } = new(Apply, new(2, Draw, (batch, chosen) => Flipped(Flipped(batch, chosen, 1, axis: 2), chosen, 0, axis: 3)));

    /// <summary>The same from memory to memory.</summary>
    /// <param name="batch">(n, channels, height, width)</param>
    /// <param name="result">Of the same shape.</param>
    /// <exception cref="ArgumentException">The batch is of another rank.</exception>
    public static void Apply(Key key, Buffer<float> batch, Buffer<float> result) => new Flip(key, batch.Sizes).Copy(batch.Span, result.Span);

    /// <summary>Of each image whether it is mirrored and whether it is turned upside down.</summary>
    private static void Draw(Key key, int n, Span<float> chosen)
    {
        var (mirrored, inverted) = (Half(key.Fold("mirror"), n), Half(key.Fold("invert"), n));
        for (var i = 0; i < n; i++) (chosen[2 * i], chosen[2 * i + 1]) = (mirrored[i] ? 1 : 0, inverted[i] ? 1 : 0);
    }

    private static Expr Flipped(Expr batch, Expr chosen, int column, int axis) =>
        Formulas.Where(chosen.Slice(1, new(column, 1)).Reshape(batch.Shape[0], 1, 1, 1), batch.Flip(axis), batch);

    private sealed class Flip
    {
        private readonly int _planes, _height, _width;
        private readonly bool[] _mirrored, _inverted;

        public Flip(Key key, ReadOnlySpan<int> sizes)
        {
            if (sizes.Length != 4)
                throw new ArgumentException($"a batch of shape {Shapes.Shape.Of(sizes.ToArray())} cannot be flipped, (n, channels, height, width) can", "batch");
            (_planes, _height, _width) = (sizes[1], sizes[2], sizes[3]);
            (_mirrored, _inverted) = (Half(key.Fold("mirror"), sizes[0]), Half(key.Fold("invert"), sizes[0]));
        }

        public void Copy(ReadOnlySpan<float> from, Span<float> to)
        {
            var size = _height * _width;
            for (var plane = 0; plane < _mirrored.Length * _planes; plane++)
                Copy(from.Slice(plane * size, size), to.Slice(plane * size, size), _mirrored[plane / _planes], _inverted[plane / _planes]);
        }

        private void Copy(ReadOnlySpan<float> from, Span<float> to, bool mirrored, bool inverted)
        {
            if (!inverted) from.CopyTo(to);
            else
                for (var at = 0; at < to.Length; at += _width) from.Slice(to.Length - _width - at, _width).CopyTo(to[at..]);
            if (mirrored)
                for (var at = 0; at < to.Length; at += _width) to.Slice(at, _width).Reverse();
        }
    }

    /// <summary>Exactly half of the positions, rounded down.</summary>
    private static bool[] Half(Key key, int n)
    {
        var chosen = new bool[n];
        foreach (var i in Philox.Permutation(key, n).AsSpan(0, n / 2)) chosen[i] = true;
        return chosen;
    }
}
