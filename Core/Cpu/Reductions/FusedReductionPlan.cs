using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A body's reductions over a shape made ready. Where the innermost axis is reduced, a unit of work is one element of the results, made of
/// segments of rows; else it is a strip of neighbouring elements, made of rows of a strip's width. Long units are cut into <see cref="Splits"/>
/// parts whose results are combined in the end. All of it depends on the sizes only, so that any number of threads gives the same bits.
/// </summary>
internal sealed class FusedReductionPlan
{
    private const int ChunkElements = 32768, LongestRow = 2048, LongestStrip = 1024, EnoughChunks = 16, MostSplits = 256, MostRows = 512, ShortRow = 48;

    private readonly OperandAxes _outer;
    private readonly int _pieces, _reducedRows, _granule;

    /// <param name="shape">The sizes iterated over; no size is 0.</param>
    /// <param name="operands">Where each operand lies.</param>
    /// <param name="folded">The sizes of a reduced result, 1 along each reduced axis.</param>
    /// <param name="granule">Pieces of a row begin at multiples of so many elements.</param>
    public FusedReductionPlan(int[] shape, IReadOnlyList<Layout> operands, int[] folded, int granule)
    {
        var axes = OperandAxes.Of(shape, [.. operands, Layout.Dense(folded)]);
        var outer = axes.Outer;
        // The kept axes first, so that the rows of one result follow each other.
        var kept = Enumerable.Range(0, outer.Sizes.Length).ToLookup(a => outer.Strides[^1][a] != 0);
        (_outer, _granule) = (outer.Select([.. kept[true], .. kept[false]]), granule);
        (Inner, InnerReduced, Splats) = (axes.Inner, axes.Splats[^1], axes.Splats);
        Along = [.. axes.Strides.Select(s => s.Length == 0 ? 0 : s[^1])];
        _reducedRows = kept[false].Aggregate(1, (n, a) => n * outer.Sizes[a]);
        var keptRows = kept[true].Aggregate(1, (n, a) => n * outer.Sizes[a]);
        Results = InnerReduced ? keptRows : keptRows * Inner;
        var width = Math.Min(Inner, InnerReduced ? LongestRow : LongestStrip);
        _pieces = (Inner + width - 1) / width;
        Units = InnerReduced ? keptRows : keptRows * _pieces;
        Rows = InnerReduced ? _reducedRows * _pieces : _reducedRows;
        var work = InnerReduced ? (long)_reducedRows * Inner : (long)_reducedRows * width;
        UnitsPerChunk = (int)Math.Max(1, ChunkElements / work);
        ResultChunks = (Units + UnitsPerChunk - 1) / UnitsPerChunk;
        Splits = ResultChunks < EnoughChunks && work >= 2 * ChunkElements ? (int)Math.Min(Math.Min(work / ChunkElements, MostSplits), Rows) : 1;
        if (!InnerReduced) Splits = Math.Max(Splits, (Rows + MostRows - 1) / MostRows);
    }

    public int Inner { get; }

    public bool InnerReduced { get; }

    public bool[] Splats { get; }

    /// <summary>For each operand, its stride along a row.</summary>
    public int[] Along { get; }

    /// <summary>The elements of the longest piece of a row.</summary>
    public int Longest => Math.Min(Inner, (Inner + _pieces - 1) / _pieces + _granule);

    /// <summary>Elements of a reduced result.</summary>
    public int Results { get; }

    public int Units { get; }

    /// <summary>The rows that make a unit.</summary>
    public int Rows { get; }

    public int UnitsPerChunk { get; }

    public int ResultChunks { get; }

    public int Splits { get; }

    public int Chunks => ResultChunks * Splits;

    /// <summary>Whether rows are long enough to be run one by one.</summary>
    public bool Pays => Inner >= ShortRow;

    /// <summary>The row of a unit among all rows, and the piece of it.</summary>
    public (int Row, int Start, int Length) Segment(int unit, int row)
    {
        var (at, piece) = InnerReduced ? (unit * _reducedRows + row / _pieces, row % _pieces) : (unit / _pieces * _reducedRows + row, unit % _pieces);
        var start = Boundary(piece);
        return (at, start, Boundary(piece + 1) - start);
    }

    /// <summary>Where a unit's results begin.</summary>
    public int Target(int unit) => InnerReduced ? unit : unit / _pieces * Inner + Boundary(unit % _pieces);

    /// <summary>The offset of an operand's first element in a row, in elements.</summary>
    public nint Offset(int operand, int row) => _outer.Offset(operand, row);

    private int Boundary(int piece) => piece == _pieces ? Inner : (int)((long)Inner * piece / _pieces) / _granule * _granule;
}
