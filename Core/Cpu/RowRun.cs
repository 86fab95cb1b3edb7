using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Walks the reduced rows of a plan in pieces of a few rows that lie a fixed stride apart.</summary>
internal unsafe struct RowRun
{
    private const long MostRows = 8;

    private readonly ReductionPlan* _plan;
    private readonly long _end, _length;
    private readonly int _outerAxes;

    public readonly long Stride;
    public long Row, Rows, Offset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RowRun(ReductionPlan* plan, long row, long end)
    {
        _plan = plan;
        Row = row;
        _end = end;
        _outerAxes = Math.Max(plan->Reduced.Rank - 1, 0);
        (_length, Stride) = plan->Reduced.Rank == 0 ? (1, 0) : (plan->Reduced.Size(_outerAxes), plan->Reduced.Stride(0, _outerAxes));
        Find();
    }

    public void Next()
    {
        Row += Rows;
        Find();
    }

    /// <summary>No row is left where <see cref="Rows"/> is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Find()
    {
        var (outer, position) = _outerAxes == 0 ? (0, Row) : Math.DivRem(Row, _length);
        Rows = Math.Min(Math.Min(MostRows, _length - position), _end - Row);
        if (Rows > 0) Offset = position * Stride + (_outerAxes == 0 ? 0 : _plan->Reduced.Offset(0, _outerAxes, outer));
    }
}
