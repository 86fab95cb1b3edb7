using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1 = L of V0 = L Lᵀ, by rows. An element is a matrix. Numbers: n.</summary>
public readonly struct CholeskyOf<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var n = a[0];
        var start = i * n * n;
        for (var row = 0; row < n; row++)
            for (var column = 0; column < n; column++)
            {
                V rest = column > row ? 0 : V.Splat(v.V0[start + row * n + column]);
                for (var k = 0; k < column && column <= row; k++) rest -= V.Splat(v.V1[start + row * n + k]) * V.Splat(v.V1[start + column * n + k]);
                V below = column < row ? rest / V.Splat(v.V1[start + column * n + column]) : rest;
                v.V1[start + row * n + column] = V.Sum(column == row ? V.Sqrt(rest) : below);
            }
    }
}
