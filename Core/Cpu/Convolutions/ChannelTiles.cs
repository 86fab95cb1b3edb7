using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Columns of a product cut into blocks of two vectors and a last one of one, with zeros behind the last column: block j of a matrix of K
/// rows begins at K·Start(j) and has rows of Width(j).
/// </summary>
internal readonly struct ChannelTiles<V, T>(int columns)
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int vectors = (columns + V.Count - 1) / V.Count;

    public int Columns => columns;

    /// <summary>Columns with those that fill the last vector.</summary>
    public int Padded => vectors * V.Count;

    public int Blocks => (vectors + 1) / 2;

    public int Start(int block) => block * 2 * V.Count;

    public int Vectors(int block) => Math.Min(2, vectors - 2 * block);

    public int Width(int block) => Vectors(block) * V.Count;

    /// <summary>Columns of a block that are there.</summary>
    public int Used(int block) => Math.Min(Width(block), columns - Start(block));
}
