using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>Strided copies from one or several slots into another, after zeros where the copies leave gaps.</summary>
internal sealed unsafe class CopyStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (CopyPlan Plan, int Source)[] _copies;
    private readonly int _target;
    private readonly long _zeros;

    private CopyStep((CopyPlan, int)[] copies, int target, long zeros) => (_copies, _target, _zeros) = (copies, target, zeros);

    public static CopyStep<V, T> Permute(Shapes.Axes order, int[] source, int[] target, int from, int to)
    {
        var strides = RowMajor(source);
        return new([(CopyPlan.Make(target, RowMajor(target), 0, [.. order.Select(a => strides[a])], 0), from)], to, 0);
    }

    /// <summary>What lies in any way, broadcast as numpy does: an axis that is missing or of length 1 is read with stride 0.</summary>
    public static CopyStep<V, T> Of(Layout source, int[] target, int from, int to)
    {
        if (target.Contains(0)) return new([], to, 0);
        var axes = OperandAxes.Of(target, [source, Layout.Dense(target)]);
        return new([(CopyPlan.Make(axes.Sizes, Long(axes.Strides[1]), 0, Long(axes.Strides[0]), source.Start), from)], to, 0);
    }

    public static CopyStep<V, T> Slice(IReadOnlyList<BoundRange> ranges, int[] source, int[] target, int from, int to)
    {
        var (strides, offset) = Strided(ranges, source);
        return new([(CopyPlan.Make(target, RowMajor(target), 0, strides, offset), from)], to, 0);
    }

    public static CopyStep<V, T> Pad(IReadOnlyList<BoundRange> ranges, int[] source, int[] target, int from, int to)
    {
        var (strides, offset) = Strided(ranges, target);
        var covered = ranges.All(r => r.Step is 1 or -1) && source.SequenceEqual(target);
        return new([(CopyPlan.Make(source, strides, offset, RowMajor(source), 0), from)], to, covered ? 0 : Size(target));
    }

    public static CopyStep<V, T> Concatenate(int axis, IReadOnlyList<int[]> sources, int[] target, IReadOnlyList<int> from, int to)
    {
        var strides = RowMajor(target);
        var at = 0L;
        var copies = new List<(CopyPlan, int)>();
        foreach (var (sizes, slot) in sources.Zip(from))
        {
            copies.Add((CopyPlan.Make(sizes, strides, at * strides[axis], RowMajor(sizes), 0), slot));
            at += sizes[axis];
        }
        return new([.. copies], to, 0);
    }

    /// <summary>Windows of the last axes: steps between windows and between taps are strides of the source.</summary>
    public static CopyStep<V, T> Windows(IReadOnlyList<Graph.TapAxis> taps, Shapes.Axes order, int[] source, int[] target, int from, int to)
    {
        var strides = RowMajor(source);
        var lead = source.Length - taps.Count;
        long[] read = [.. strides[..lead], .. taps.Select((t, i) => t.Stride * strides[lead + i]), .. taps.Select((t, i) => t.Dilation * strides[lead + i])];
        return new([(CopyPlan.Make(target, RowMajor(target), 0, [.. order.Select(a => read[a])], 0), from)], to, 0);
    }

    public void Run(nint* slots, Workers workers)
    {
        var target = (T*)slots[_target];
        if (_zeros > 0) Movement<V, T>.Fill(target, _zeros, T.Zero);
        foreach (var (plan, source) in _copies)
        {
            var state = new CopyState<T> { Plan = plan, Target = target, Source = (T*)slots[source] };
            workers.Run(Movement<V, T>.Chunks(plan), &Movement<V, T>.Chunk, &state);
        }
    }

    private static (long[] Strides, long Offset) Strided(IReadOnlyList<BoundRange> ranges, int[] sizes)
    {
        var strides = RowMajor(sizes);
        return ([.. ranges.Select((r, i) => r.Step * strides[i])], ranges.Select((r, i) => r.Start * strides[i]).Sum());
    }

    private static long[] Long(int[] strides) => [.. strides.Select(s => (long)s)];

    private static long[] RowMajor(int[] sizes)
    {
        var strides = new long[sizes.Length];
        var stride = 1L;
        for (var i = sizes.Length - 1; i >= 0; i--) (strides[i], stride) = (stride, stride * sizes[i]);
        return strides;
    }

    private static long Size(int[] sizes) => sizes.Aggregate(1L, (a, b) => a * b);
}

/// <summary>A strided range whose start is a number.</summary>
internal readonly record struct BoundRange(long Start, long Step);
