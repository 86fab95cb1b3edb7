namespace AutoDiffAE.Cpu;

/// <summary>
/// A reduction of a row-major array over a set of axes made ready. Its work is a list of units, each giving some results; where there are
/// few results of many elements each, the reduced elements are cut into <see cref="Splits"/> parts whose partial results are
/// combined in the end. All of it depends on the sizes only, so that any number of threads gives the same bits.
/// <list type="bullet">
/// <item><see cref="InnerReduced"/>: the innermost axis is reduced and long. A unit is one result, made of rows of at most <see cref="Width"/>.</item>
/// <item>Otherwise rows are combined element by element: a unit is a strip of columns. If the innermost axis is reduced after all, but
/// short, it counts as columns first, and then each <see cref="Group"/> of neighbours is reduced to one.</item>
/// </list>
/// </summary>
internal struct ReductionPlan
{
    private const long ChunkElements = 32768, LongestRow = 1024, LongestGroup = 16, EnoughChunks = 16, MostSplits = 256;

    /// <summary>Elements of a strip of columns.</summary>
    public const int StripBytes = 4096;

    /// <summary>Outer kept axes, and outer reduced axes, with the strides of the array.</summary>
    public StridedLoop Kept, Reduced;
    public long Results, ReducedCount;
    public bool InnerReduced;

    /// <summary>The length of the innermost axis, of the pieces it is worked in, and how many these are.</summary>
    public long Inner, Width, Pieces;
    public int Group;

    /// <summary>The rows that make one result.</summary>
    public long Rows;
    public long Units, UnitsPerChunk;
    public int ResultChunks, Splits;

    /// <summary>Elements of scratch memory that <see cref="Splits"/> need.</summary>
    public readonly long Partials => Splits > 1 ? Splits * Results : 0;

    public readonly int Chunks => ResultChunks * Splits;

    /// <param name="sizes">The sizes, outermost first.</param>
    /// <param name="mask">Whether each axis is reduced.</param>
    /// <param name="elementSize">The bytes of an element.</param>
    public static ReductionPlan Make(ReadOnlySpan<int> sizes, ReadOnlySpan<bool> mask, int elementSize)
    {
        var axes = new List<(long Size, bool Reduced)>();
        var plan = new ReductionPlan { Results = 1, ReducedCount = 1, Splits = 1, Group = 1 };
        for (var i = 0; i < sizes.Length; i++)
        {
            if (mask[i]) plan.ReducedCount *= sizes[i];
            else plan.Results *= sizes[i];
            if (sizes[i] == 1) continue;
            if (axes.Count > 0 && axes[^1].Reduced == mask[i]) axes[^1] = (axes[^1].Size * sizes[i], mask[i]);
            else axes.Add((sizes[i], mask[i]));
        }
        if (plan.Results == 0) return plan;
        plan.ResultChunks = 1;
        if (plan.ReducedCount > 0) plan.Cut(axes, StripBytes / elementSize);
        return plan;
    }

    private void Cut(List<(long Size, bool Reduced)> axes, long strip)
    {
        if (axes.Count == 0) axes.Add((1, false));
        var inner = axes[^1];
        InnerReduced = inner.Reduced && inner.Size > LongestGroup;
        Inner = inner.Size;
        var outer = axes.Count - 1;
        if (inner.Reduced && !InnerReduced)
        {
            Group = (int)inner.Size;
            if (outer > 0) Inner *= axes[--outer].Size;
        }
        Kept = Outer(axes, outer, reduced: false);
        Reduced = Outer(axes, outer, reduced: true);
        Width = Math.Min(Inner, InnerReduced ? LongestRow : strip / Group * Group);
        Pieces = (Inner + Width - 1) / Width;
        Units = InnerReduced ? Kept.Count : Kept.Count * Pieces;
        Rows = InnerReduced ? Reduced.Count * Pieces : Reduced.Count;
        var work = InnerReduced ? Reduced.Count * Inner : Reduced.Count * Width;
        UnitsPerChunk = Math.Max(1, ChunkElements / work);
        ResultChunks = checked((int)((Units + UnitsPerChunk - 1) / UnitsPerChunk));
        if (ResultChunks < EnoughChunks && work >= 2 * ChunkElements)
            Splits = (int)Math.Min(Math.Min(work / ChunkElements, MostSplits), Rows);
    }

    private static StridedLoop Outer(List<(long Size, bool Reduced)> axes, int count, bool reduced)
    {
        var (sizes, strides) = (new List<long>(), new List<long>());
        for (var i = 0; i < count; i++)
        {
            if (axes[i].Reduced != reduced) continue;
            sizes.Add(axes[i].Size);
            strides.Add(axes.Skip(i + 1).Aggregate(1L, (product, a) => product * a.Size));
        }
        return StridedLoop.Make(sizes.ToArray(), strides.ToArray());
    }
}
