using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A register tile of c (+)= a·b. Row i of a at step k is a[i·aRow + k·aStep]; b's vector j at step k begins at
/// b + bAt[j] + offsets[k] and c's at c + i·cRow + cAt[j]. All <see cref="Rows"/> rows of a are read, the first so many kept.
/// Vectors may overlap or repeat: a row of c is read as a whole before it is written.
/// </summary>
internal readonly unsafe struct Tile<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Tile(int rows, int vectors, delegate*<int, T*, nint, nint, T*, int*, int*, T*, nint, int*, int, bool, void> run, int last = 0)
    {
        Last = last == 0 ? V.Count : last;
        Rows = rows;
        Vectors = vectors;
        Run = run;
    }

    public readonly int Rows;
    public readonly int Vectors;
    public readonly delegate*<int, T*, nint, nint, T*, int*, int*, T*, nint, int*, int, bool, void> Run;

    /// <summary>Numbers of the last vector that count.</summary>
    public readonly int Last;

    public int Width => Vectors * V.Count;

    private static bool ManyRegisters => V.Count * sizeof(T) == 64;

    /// <summary>The tile that does the least in vain for a product of so many rows and vectors.</summary>
    public static Tile<V, T> For(long rows, long vectors)
    {
        if (rows == 1) return new(Tile1x8.Rows, Tile1x8.Vectors, &Tile1x8.Run<V, T>);
        if (!ManyRegisters) return new(Tile6x2.Rows, Tile6x2.Vectors, &Tile6x2.Run<V, T>);
        if (rows <= Tile4x6.Rows && vectors > Tile8x3.Vectors)
        {
            long six = (vectors + 5) / 6 * 6, four = (vectors + 3) / 4 * 4;
            return six * 20 <= four * 21
                ? new(Tile4x6.Rows, Tile4x6.Vectors, &Tile4x6.Run<V, T>)
                : new(Tile4x4.Rows, Tile4x4.Vectors, &Tile4x4.Run<V, T>);
        }

        long three = (vectors + 2) / 3 * 3, two = (vectors + 1) / 2 * 2;
        return three * 9 <= two * 10
            ? new(Tile8x3.Rows, Tile8x3.Vectors, &Tile8x3.Run<V, T>)
            : new(Tile8x2.Rows, Tile8x2.Vectors, &Tile8x2.Run<V, T>);
    }

    /// <summary>The tile of as many rows for a panel of so many columns, at most <see cref="Width"/>, that does the least in vain.</summary>
    public Tile<V, T> Narrowed(int columns)
    {
        if (Rows != Tile8x3.Rows || Vectors != Tile8x3.Vectors) return this;
        return columns <= 2 * V.Count ? new(Tile8x2.Rows, Tile8x2.Vectors, &Tile8x2.Run<V, T>)
            : 2 * columns <= 5 * V.Count ? new(Tile8x2Half.Rows, Tile8x3.Vectors, &Tile8x2Half.Run<V, T>, V.Count / 2)
            : this;
    }
}
