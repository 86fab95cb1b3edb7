using System.Numerics;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>Indices as positions from 0 on.</summary>
internal static class Positions
{
    /// <summary>The position that an index names, counted from the end where it is negative; 0 where there is no such.</summary>
    public static int Of<V, T>(ArrayView<T> indices, int at, int length)
        where V : unmanaged, IScalar<V, T>, IReal<V>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V index = V.Splat(indices[at]);
        V end = V.FromInteger(length);
        V within = V.GreaterOrEqual(index, -end) * V.Greater(end, index);
        var position = V.ToInteger(V.Select(within, index, 0));
        return position < 0 ? position + length : position;
    }
}
