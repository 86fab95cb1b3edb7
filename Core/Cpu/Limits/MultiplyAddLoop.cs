using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Multiply-adds over registers alone: twelve chains that do not wait for each other, more than any processor's latency hides.</summary>
internal static unsafe class MultiplyAddLoop<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chains = 12, Turns = 2_000_000;

    public static double FlopOfRun => 2.0 * V.Count * Chains * Turns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(void* sums, int chunk, int _)
    {
        V x = (V)0.999, y = (V)0.001;
        var (a, b, c, d, e, f) = (y, y, y, y, y, y);
        var (g, h, i, j, k, l) = (x, x, x, x, x, x);
        for (var turn = 0; turn < Turns; turn++)
        {
            a = V.MultiplyAdd(a, x, y);
            b = V.MultiplyAdd(b, x, y);
            c = V.MultiplyAdd(c, x, y);
            d = V.MultiplyAdd(d, x, y);
            e = V.MultiplyAdd(e, x, y);
            f = V.MultiplyAdd(f, x, y);
            g = V.MultiplyAdd(g, x, y);
            h = V.MultiplyAdd(h, x, y);
            i = V.MultiplyAdd(i, x, y);
            j = V.MultiplyAdd(j, x, y);
            k = V.MultiplyAdd(k, x, y);
            l = V.MultiplyAdd(l, x, y);
        }
        // Every chain is used, or the loop would be none.
        ((T*)sums)[chunk] = V.Sum(a + b + c + d + e + f + (g + h + i + j + k + l));
    }
}
