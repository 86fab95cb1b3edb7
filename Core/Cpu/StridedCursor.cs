using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Walks the first axes of a <see cref="StridedLoop"/> in order and without divisions, knowing the offsets of two operands.</summary>
internal unsafe struct StridedCursor
{
    private readonly StridedLoop* _loop;
    private readonly int _axes;
    private fixed long _index[StridedLoop.MaximumRank];

    public long First, Second;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StridedCursor(StridedLoop* loop, int axes, long index)
    {
        _loop = loop;
        _axes = axes;
        First = loop->Offset(0, axes, index);
        Second = loop->Operands > 1 ? loop->Offset(1, axes, index) : 0;
        for (var axis = axes - 1; axis >= 0; axis--)
        {
            _index[axis] = index % loop->Size(axis);
            index /= loop->Size(axis);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        for (var axis = _axes - 1; axis >= 0; axis--)
        {
            First += _loop->Stride(0, axis);
            Second += _loop->Stride(1, axis);
            if (++_index[axis] < _loop->Size(axis)) return;
            First -= _loop->Stride(0, axis) * _loop->Size(axis);
            Second -= _loop->Stride(1, axis) * _loop->Size(axis);
            _index[axis] = 0;
        }
    }
}
