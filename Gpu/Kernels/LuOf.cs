using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1 (n, n + 1) = L and U of V0 with rows exchanged for the largest pivots, and the rows' numbers in the last column. An element is a matrix. Numbers: n.</summary>
public readonly struct LuOf<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var n = a[0];
        var (from, to) = (i * n * n, i * n * (n + 1));
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column < n; column++) v.V1[to + row * (n + 1) + column] = v.V0[from + row * n + column];
            v.V1[to + row * (n + 1) + n] = V.Sum(V.FromInteger(row));
        }
        for (var k = 0; k < n; k++)
        {
            var best = k;
            for (var row = k + 1; row < n; row++)
                if (V.Sum(V.Greater(V.Abs(V.Splat(v.V1[to + row * (n + 1) + k])), V.Abs(V.Splat(v.V1[to + best * (n + 1) + k])))) != V.Sum(0)) best = row;
            for (var column = 0; column <= n && best != k; column++)
            {
                var (upper, lower) = (v.V1[to + k * (n + 1) + column], v.V1[to + best * (n + 1) + column]);
                v.V1[to + k * (n + 1) + column] = lower;
                v.V1[to + best * (n + 1) + column] = upper;
            }
            V pivot = V.Splat(v.V1[to + k * (n + 1) + k]);
            for (var row = k + 1; row < n; row++)
            {
                V factor = V.Select(V.Equal(pivot, 0), 0, V.Splat(v.V1[to + row * (n + 1) + k]) / pivot);
                v.V1[to + row * (n + 1) + k] = V.Sum(factor);
                for (var column = k + 1; column < n; column++)
                    v.V1[to + row * (n + 1) + column] = V.Sum(V.Splat(v.V1[to + row * (n + 1) + column]) - factor * V.Splat(v.V1[to + k * (n + 1) + column]));
            }
        }
    }
}
