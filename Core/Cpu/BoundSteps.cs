using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cpu;

/// <summary>The routine of each kind of step, at a width of vectors.</summary>
internal static class BoundSteps
{
    public static IBoundStep Bind<T>(Step step, int[][] sizes, IReadOnlyDictionary<string, long> names, LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
        {
            LaneWidth.Bits512 => Bind<Lanes512<T>, T>(step, sizes, names, width),
            LaneWidth.Bits256 => Bind<Lanes256<T>, T>(step, sizes, names, width),
            _ => Bind<Lanes128<T>, T>(step, sizes, names, width),
        };

    private static IBoundStep Bind<V, T>(Step step, int[][] sizes, IReadOnlyDictionary<string, long> names, LaneWidth width)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (reads, to) = (step.Reads, step.Writes[0]);
        int[] Read(int i) => sizes[reads[i]];
        return step.Routine switch
        {
            Routine.Elementwise e => ElementwiseStep<V, T>.Of(e.Body, [.. reads, .. step.Writes], [.. reads.Concat(step.Writes).Select(s => sizes[s])]),
            Routine.Sum s => new ReductionStep<V, T, SumFold<V, T>>(Read(0), s.Axes, reads[0], to),
            Routine.Maximum m => new ReductionStep<V, T, MaximumFold<V, T>>(Read(0), m.Axes, reads[0], to),
            Routine.MaximumIndicator m => new IndicatorStep<V, T>(Read(0), m.Axes, m.Ties, reads[0], reads[1], to),
            Routine.Product p => ProductStep<T>.Of(Read(0), sizes[to], p.TransposeA, p.TransposeB, reads[0], reads[1], to, width),
            Routine.Convolution c => ConvolutionStep<T>.Of(c, Read(0), Read(1), sizes[to], reads[0], reads[1], to, width),
            Routine.Permute p => CopyStep<V, T>.Permute(p.Order, Read(0), sizes[to], reads[0], to),
            Routine.Slice s => CopyStep<V, T>.Slice(Ranges(s.Ranges, names), Read(0), sizes[to], reads[0], to),
            Routine.Pad p => CopyStep<V, T>.Pad(Ranges(p.Ranges, names), Read(0), sizes[to], reads[0], to),
            Routine.Concatenate c => CopyStep<V, T>.Concatenate(c.Axis, [.. reads.Select(r => sizes[r])], sizes[to], reads, to),
            Routine.Length l => new LengthStep<T>(l.Value.Evaluate(names), to),
            _ => throw new InvalidOperationException($"{step.Routine} has no kernel on the CPU"),
        };
    }

    private static BoundRange[] Ranges(Sequence<StridedRange> ranges, IReadOnlyDictionary<string, long> names) =>
        [.. ranges.Select(r => new BoundRange(r.Start.Evaluate(names), r.Step))];
}
