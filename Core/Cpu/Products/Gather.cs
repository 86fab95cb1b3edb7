using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A register tile of c (+)= start + a·b whose rows come in groups of four: row i of group g at step k is the number
/// a[groups[g] + dᵢ + offsets[k]], and b's vectors at step k begin at b + k·bStep. Row i of the group is kept at c + places[g] + i·cRow.
/// So an image is read where it lies, whatever its windows are.
/// </summary>
internal readonly unsafe struct Gather<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A list of groups is filled up to a multiple of this.</summary>
    public const int MostGroups = Gather12x2.Groups;

    public const int MostVectors = Gather12x2.Vectors;

    public readonly int Groups;
    public readonly delegate*<int, T*, int*, int*, nint, nint, nint, T*, nint, T*, T*, int*, nint, bool, void> Run;

    /// <param name="vectors">1 or 2.</param>
    public Gather(int vectors)
    {
        bool many = V.Count * sizeof(T) == 64;
        Groups = many ? Gather12x2.Groups : Gather4x2.Groups;
        Run = (many, vectors) switch
        {
            (true, 2) => &Gather12x2.Run<V, T>,
            (true, _) => &Gather12x1.Run<V, T>,
            (_, 2) => &Gather4x2.Run<V, T>,
            _ => &Gather4x1.Run<V, T>,
        };
    }
}
