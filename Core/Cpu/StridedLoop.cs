using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Nested loops over up to <see cref="MaximumOperands"/> arrays, in normal form: no axis of size 1, and no two neighbours that
/// every operand could walk as one axis. Strides count elements and may be negative or 0. A value without references: it can be
/// kept, and passed by pointer.
/// </summary>
internal unsafe struct StridedLoop
{
    public const int MaximumRank = 8, MaximumOperands = 4;

    public int Rank { get; private set; }
    public int Operands { get; private set; }

    /// <summary>The number of iterations.</summary>
    public long Count { get; private set; }

    private fixed long _sizes[MaximumRank];
    private fixed long _strides[MaximumRank * MaximumOperands];

    /// <param name="sizes">The sizes, outermost first.</param>
    /// <param name="strides">The strides of the first operand, then those of the second, and so on.</param>
    public static StridedLoop Make(ReadOnlySpan<long> sizes, params ReadOnlySpan<long> strides)
    {
        var loop = new StridedLoop { Count = 1, Operands = sizes.Length == 0 ? 0 : strides.Length / sizes.Length };
        if (loop.Operands > MaximumOperands) throw new ArgumentException($"more than {MaximumOperands} operands", nameof(strides));
        if (sizes.Length * loop.Operands != strides.Length) throw new ArgumentException("every operand needs a stride an axis", nameof(strides));
        foreach (var size in sizes) loop.Count *= size;
        if (loop.Count == 0) return loop;
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] == 1) continue;
            if (!loop.Merges(sizes, strides, axis))
            {
                if (loop.Rank == MaximumRank) throw new ArgumentException($"more than {MaximumRank} axes that do not merge", nameof(sizes));
                loop._sizes[loop.Rank++] = 1;
            }
            loop._sizes[loop.Rank - 1] *= sizes[axis];
            for (var o = 0; o < loop.Operands; o++) loop._strides[o * MaximumRank + loop.Rank - 1] = strides[o * sizes.Length + axis];
        }
        return loop;
    }

    private readonly bool Merges(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, int axis)
    {
        if (Rank == 0) return false;
        for (var o = 0; o < Operands; o++)
            if (_strides[o * MaximumRank + Rank - 1] != sizes[axis] * strides[o * sizes.Length + axis]) return false;
        return true;
    }

    public readonly long Size(int axis) => _sizes[axis];

    public readonly long Stride(int operand, int axis) => _strides[operand * MaximumRank + axis];

    /// <summary>An operand's offset at one iteration of the first <paramref name="axes"/> axes, the last of them fastest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly long Offset(int operand, int axes, long index)
    {
        var offset = 0L;
        for (var axis = axes - 1; axis > 0; axis--)
        {
            var rest = index / _sizes[axis];
            offset += (index - rest * _sizes[axis]) * _strides[operand * MaximumRank + axis];
            index = rest;
        }
        return axes == 0 ? 0 : offset + index * _strides[operand * MaximumRank];
    }

    /// <summary>The iterations of the first axes.</summary>
    public readonly long Iterations(int axes)
    {
        var count = 1L;
        for (var axis = 0; axis < axes; axis++) count *= _sizes[axis];
        return count;
    }
}
