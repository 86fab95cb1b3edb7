using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>V1[position] = the sum of what windows V0 have there. Numbers as of a window; 15 the rank of the leading axes, 16 the strides of the windows and of the taps, then the leading sizes, start and strides.</summary>
public readonly struct FoldWindowsAt<V, T> : IElementKernel<Views8<T>>
    where V : unmanaged, IScalar<V, T>, IReal<V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(int i, Views8<T> v, ArrayView<int> a)
    {
        var (column, row, depth, volume) = (i % a[2], i / a[2] % a[1], i / (a[2] * a[1]) % a[0], i / (a[2] * a[1] * a[0]));
        var lead = Offsets.Of(volume, a, a[15], 22, 22 + a[15]);
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
                    sum += V.Splat(v.V0[lead + d * a[16] + r * a[17] + c * a[18] + td / a[12] * a[19] + tr / a[13] * a[20] + tc / a[14] * a[21]]);
                }
        v.V1[i] = V.Sum(sum);
    }
}
