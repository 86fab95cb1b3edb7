using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// V1 = the uniform stream of a key folded with the step V0, by Philox: an element is a block of four. NaN where the step is no whole number of 0 or more. Numbers:
/// the key's halves, and the length.
/// </summary>
public readonly struct UniformNumbers<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const ulong UniformStream = 0, FoldStream = 3;

    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        V step = V.Splat(v.V0[0]);
        V valid = V.GreaterOrEqual(step, 0) * V.Greater(9007199254740992.0, step) * V.Equal(V.Floor(step), step);
        // A step as a number of 64 bits: its upper part is exact, and what is left.
        V upper = V.Floor(V.Select(valid, step, 0) * (1.0 / 1073741824));
        var count = (ulong)(uint)V.ToInteger(upper) * 1073741824UL + (uint)V.ToInteger(V.Select(valid, step, 0) - upper * 1073741824.0);
        var (k0, k1, _, _) = Block((uint)a[0], (uint)a[1], FoldStream, count);
        var (w0, w1, w2, w3) = Block(k0, k1, UniformStream, (uint)i);
        var (at, length) = (4 * i, a[2]);
        Put(v, at, length, valid, w0);
        Put(v, at + 1, length, valid, w1);
        Put(v, at + 2, length, valid, w2);
        Put(v, at + 3, length, valid, w3);
    }

    private static void Put(Views8<T> v, int at, int length, V valid, uint word)
    {
        V number = V.FromInteger((int)(word >> 8));
        if (at < length) v.V1[at] = V.Sum(V.Select(valid, number * (1.0 / 16777216), double.NaN));
    }

    /// <summary>J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.</summary>
    private static (uint, uint, uint, uint) Block(uint k0, uint k1, ulong high, ulong low)
    {
        var (c0, c1, c2, c3) = ((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
        for (var round = 0; round < 10; round++)
        {
            var p = 0xD2511F53UL * c0;
            var q = 0xCD9E8D57UL * c2;
            var (n0, n2) = ((uint)(q >> 32) ^ c1 ^ k0, (uint)(p >> 32) ^ c3 ^ k1);
            (c0, c1, c2, c3) = (n0, (uint)q, n2, (uint)p);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }
}
