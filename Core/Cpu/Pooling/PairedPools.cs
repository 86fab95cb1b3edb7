using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>The job of a pool over sizes.</summary>
internal static unsafe class PairedPools
{
    /// <summary>Rows, height and width of (lead…, rows, height, columns, 2).</summary>
    public static (int Rows, int Height, int Width) Sizes(int[] sizes) => (sizes[..^3].Aggregate(1, (a, b) => checked(a * b)), sizes[^3], sizes[^2]);

    public static PairedPool<V, T>.Job Job<V, T>((int Rows, int Height, int Width) sizes, T* windows, T* values, T* places)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            Rows = sizes.Rows,
            Height = sizes.Height,
            Width = sizes.Width,
            Windows = windows,
            Values = values,
            Places = places,
        };
}
