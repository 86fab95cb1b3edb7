using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V2 = X of A X = B, A = V0 triangular, B = V1. An element is a column of a matrix. Numbers: n, columns, whether forwards, whether A is transposed, whether its diagonal is 1.</summary>
public readonly struct Substitution<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (n, columns, forward, transposed) = (a[0], a[1], a[2] != 0, a[3] != 0);
        var (matrix, column) = (i / columns * n * n, i / columns * n * columns + i % columns);
        for (var k = 0; k < n; k++)
        {
            var row = forward ? k : n - 1 - k;
            V x = V.Splat(v.V1[column + row * columns]);
            for (var j = forward ? 0 : row + 1; j < (forward ? row : n); j++)
                x -= V.Splat(v.V0[matrix + (transposed ? j * n + row : row * n + j)]) * V.Splat(v.V2[column + j * columns]);
            v.V2[column + row * columns] = V.Sum(a[4] != 0 ? x : x / V.Splat(v.V0[matrix + row * n + row]));
        }
    }
}
