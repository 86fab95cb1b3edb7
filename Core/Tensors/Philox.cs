using System.Numerics;

namespace AutoDiffAE.Tensors;

/// <summary>
/// Philox 4x32-10: random numbers as a pure function of a key and a counter, so that any part of a stream can be made anywhere, in
/// any order. J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// </summary>
public static class Philox
{
    /// <summary>The upper half of the counter: what the numbers are for, so that no two uses of one key meet.</summary>
    internal const ulong UniformStream = 0, NormalStream = 1, PermutationStream = 2, FoldStream = 3, FoldNameStream = 4;

    /// <summary>Four independent, uniform 32-bit words.</summary>
    public static (uint, uint, uint, uint) Block(ulong key, ulong high, ulong low)
    {
        var (c0, c1, c2, c3) = ((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < 10; round++)
        {
            var p = 0xD2511F53UL * c0;
            var q = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(q >> 32) ^ c1 ^ k0, (uint)q, (uint)(p >> 32) ^ c3 ^ k1, (uint)p);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>Elements offset, offset + 1, … of the key's uniform stream: multiples of 2⁻²⁴ in [0, 1), the same in both precisions.</summary>
    public static void Uniform(Key key, Span<float> target, ulong offset = 0) => Uniforms(key, target, offset);

    /// <inheritdoc cref="Uniform(Key, Span{float}, ulong)"/>
    public static void Uniform(Key key, Span<double> target, ulong offset = 0) => Uniforms(key, target, offset);

    private static void Uniforms<T>(Key key, Span<T> target, ulong offset) where T : INumber<T>
    {
        var i = 0;
        while (i < target.Length)
        {
            var element = offset + (ulong)i;
            var (a, b, c, d) = Block(key.Value, UniformStream, element / 4);
            if (element % 4 == 0 && i + 4 <= target.Length)
            {
                var four = target.Slice(i, 4);
                (four[0], four[1], four[2], four[3]) = (Unit<T>(a), Unit<T>(b), Unit<T>(c), Unit<T>(d));
                i += 4;
                continue;
            }
            target[i++] = Unit<T>((element % 4) switch { 0 => a, 1 => b, 2 => c, _ => d });
        }
    }

    private static T Unit<T>(uint word) where T : INumber<T> => T.CreateTruncating((int)(word >> 8)) * T.CreateTruncating(1.0 / (1 << 24));

    /// <summary>
    /// Elements offset, offset + 1, … of the key's standard normal stream, by Box and Muller's √(-2 ln u) cos 2πv from two words each,
    /// with u = (word + ½)·2⁻³² and v = word·2⁻³², in double precision and rounded last.
    /// </summary>
    public static void Normal(Key key, Span<float> target, ulong offset = 0) => Normals(key, target, offset);

    /// <inheritdoc cref="Normal(Key, Span{float}, ulong)"/>
    public static void Normal(Key key, Span<double> target, ulong offset = 0) => Normals(key, target, offset);

    private static void Normals<T>(Key key, Span<T> target, ulong offset) where T : INumber<T>
    {
        for (var i = 0; i < target.Length;)
        {
            var element = offset + (ulong)i;
            var (a, b, c, d) = Block(key.Value, NormalStream, element / 2);
            if (element % 2 == 0) target[i++] = T.CreateTruncating(Gaussian(a, b));
            if (i < target.Length) target[i++] = T.CreateTruncating(Gaussian(c, d));
        }
    }

    private static double Gaussian(uint u, uint v)
    {
        const double Scale = 1.0 / (1UL << 32);
        return Math.Sqrt(-2 * Math.Log((u + 0.5) * Scale)) * Math.Cos(2 * Math.PI * (v * Scale));
    }

    /// <summary>0 … n - 1 in an order drawn uniformly: Fisher and Yates' shuffle.</summary>
    public static int[] Permutation(Key key, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var order = new int[n];
        for (var i = 0; i < n; i++) order[i] = i;
        var drawn = 0UL;
        for (var i = n - 1; i > 0; i--)
        {
            var j = (int)Below(key, (uint)i + 1, ref drawn);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>
    /// Uniform in 0 … bound - 1: the upper half of word · bound, drawn again where the lower half is one of the 2³² mod bound that are
    /// too many (D. Lemire, "Fast random integer generation in an interval", 2019).
    /// </summary>
    private static uint Below(Key key, uint bound, ref ulong drawn)
    {
        var surplus = (0u - bound) % bound;
        while (true)
        {
            var product = (ulong)Block(key.Value, PermutationStream, drawn++).Item1 * bound;
            if ((uint)product >= surplus) return (uint)(product >> 32);
        }
    }
}
