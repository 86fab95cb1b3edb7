using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V2[position] = the sum of the values V1 of windows whose maximum's tap V0 lies there. Numbers as of a window.</summary>
public readonly struct AddAtMaximum<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (column, row, depth, volume) = (i % a[2], i / a[2] % a[1], i / (a[2] * a[1]) % a[0], i / (a[2] * a[1] * a[0]));
        var (firstDepth, lastDepth) = DeviceWindow.Touching(depth, 0, a);
        var (firstRow, lastRow) = DeviceWindow.Touching(row, 1, a);
        var (firstColumn, lastColumn) = DeviceWindow.Touching(column, 2, a);
        V sum = 0;
        for (var d = firstDepth; d <= lastDepth; d++)
            for (var r = firstRow; r <= lastRow; r++)
                for (var c = firstColumn; c <= lastColumn; c++)
                {
                    var (td, tr, tc) = (depth - d * a[9], row - r * a[10], column - c * a[11]);
                    if (td % a[12] != 0 || tr % a[13] != 0 || tc % a[14] != 0) continue;
                    var window = ((volume * a[3] + d) * a[4] + r) * a[5] + c;
                    V tap = V.FromInteger((td / a[12] * a[7] + tr / a[13]) * a[8] + tc / a[14]);
                    sum += V.Select(V.Equal(V.Splat(v.V0[window]), tap), V.Splat(v.V1[window]), 0);
                }
        v.V2[i] = V.Sum(sum);
    }
}
