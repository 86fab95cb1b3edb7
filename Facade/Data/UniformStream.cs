using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>Uniform numbers in [0, 1) with 24 bits, one after another.</summary>
internal static class UniformStream
{
    /// <summary>For each image a stream of its own: the counter is (block, image), so no image depends on another.</summary>
    public static Func<ulong, Func<double>> Of(ulong seed) => image =>
    {
        var (block, used, words) = (0UL, 4, (A: 0u, B: 0u, C: 0u, D: 0u));
        return () =>
        {
            if (used == 4) (words, block, used) = (Philox.Block(seed, image, block), block + 1, 0);
            var word = used++ switch { 0 => words.A, 1 => words.B, 2 => words.C, _ => words.D };
            return (word >> 8) * (1.0 / (1 << 24));
        };
    };
}
