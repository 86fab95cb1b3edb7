using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A register tile of inner products: sums[i, j] += Σₚ a[aAt[i] + p] b[bAt[j] + p], each sum a vector of partial sums that stays a
/// vector between calls and is summed across only at the end. The length is a multiple of the lanes.
/// </summary>
internal readonly unsafe struct Dots<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int MostRows = Dots4x6.Rows;
    public const int MostColumns = Dots1x12.Columns;

    private Dots(int rows, int columns, delegate*<nint, T*, int*, T*, int*, T*, void> run)
    {
        Rows = rows;
        Columns = columns;
        Run = run;
    }

    public readonly int Rows;
    public readonly int Columns;
    public readonly delegate*<nint, T*, int*, T*, int*, T*, void> Run;

    /// <summary>Numbers that the sums of one tile take.</summary>
    public int Sums => Rows * Columns * V.Count;

    public static Dots<V, T> For(long rows) =>
        rows == 1 ? new(Dots1x12.Rows, Dots1x12.Columns, &Dots1x12.Run<V, T>)
        : V.Count * sizeof(T) == 64 ? new(Dots4x6.Rows, Dots4x6.Columns, &Dots4x6.Run<V, T>)
        : new(Dots2x5.Rows, Dots2x5.Columns, &Dots2x5.Run<V, T>);
}
