using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cpu;

/// <summary>The kernel of each routine on the CPU, at a width of vectors, for sizes that are numbers.</summary>
internal static class BoundSteps
{
    public static IBoundStep Bind<T>(Step step, int[][] sizes, Layout[] layouts, IReadOnlyDictionary<string, long> names, LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => step.Routine.Match<IBoundStep>(width switch
        {
            LaneWidth.Bits512 => new BoundSteps<Lanes512<T>, T>(step, sizes, layouts, names, width),
            LaneWidth.Bits256 => new BoundSteps<Lanes256<T>, T>(step, sizes, layouts, names, width),
            _ => new BoundSteps<Lanes128<T>, T>(step, sizes, layouts, names, width),
        });
}

/// <summary>A row for each routine.</summary>
internal sealed partial class BoundSteps<V, T>(Step step, int[][] sizes, Layout[] layouts, IReadOnlyDictionary<string, long> names, LaneWidth width) : IRoutineCases<IBoundStep>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int From => step.Reads[0];

    private int Second => step.Reads[1];

    private int To => step.Writes[0];

    private int[] Source => sizes[From];

    private int[] Target => sizes[To];

    public IBoundStep Length(Routine.Length routine) => new LengthStep<T>(routine.Value.Evaluate(names), To);

    public IBoundStep Iota(Routine.Iota routine) => new IotaStep<T>(Target[0], To);

    public IBoundStep Elementwise(Routine.Elementwise routine) =>
        ElementwiseStep<V, T>.Of(routine.Body, [.. step.Reads, .. step.Writes], [.. step.Reads.Concat(step.Writes).Select(s => layouts[s])]);

    public IBoundStep Several(Routine.Several routine) => new SeveralStep<V, T>(
        [.. routine.Parts(step).Select(part => (int[])[.. part.Reads, .. part.Writes]).Zip(routine.Bodies, (slots, body) => ElementwiseStep<V, T>.Of(body, slots, [.. slots.Select(s => layouts[s])]))]);

    public IBoundStep Sum(Routine.Sum routine) => new ReductionStep<V, T, SumFold<V, T>>(Source, routine.Axes, From, To);

    public IBoundStep Maximum(Routine.Maximum routine) => new ReductionStep<V, T, MaximumFold<V, T>>(Source, routine.Axes, From, To);

    public IBoundStep Reduction(Routine.Reduction routine) =>
        FusedReductionStep<V, T>.Of(routine, [.. step.Reads, .. step.Writes], [.. step.Reads.Select(s => layouts[s])]);

    public IBoundStep MaximumIndicator(Routine.MaximumIndicator routine) =>
        new IndicatorStep<V, T>(Source, routine.Axes, routine.Ties, From, Second, To);

    public IBoundStep Product(Routine.Product routine)
    {
        var geometry = MatMulGeometry.Of(Source, sizes[Second], routine.TransposeA, routine.TransposeB);
        return routine.Epilogue is not { } body ? new ProductStep<T>(geometry, From, Second, To, width)
            : EpilogueStep<V, T>.Of(geometry, body, From, Second, [.. step.Reads.Skip(2), .. step.Writes], [.. step.Reads.Skip(2).Concat(step.Writes).Select(s => sizes[s])], width);
    }

    public IBoundStep Convolution(Routine.Convolution routine)
    {
        if (routine.Followed is not { } followed) return ConvolutionStep<T>.Of(routine, Source, sizes[Second], Target, From, Second, To, width);
        int[] slots = [.. step.Reads, .. step.Writes];
        return FollowedConvolutionStep<V, T>.Of(routine, Source, sizes[Second], followed.Evaluate(names), slots, [.. slots.Select(s => sizes[s])], width);
    }

    public IBoundStep Permute(Routine.Permute routine) => CopyStep<V, T>.Permute(routine.Order, Source, Target, From, To);

    public IBoundStep Slice(Routine.Slice routine) => CopyStep<V, T>.Slice(Bound(routine.Ranges), Source, Target, From, To);

    public IBoundStep Pad(Routine.Pad routine) => CopyStep<V, T>.Pad(Bound(routine.Ranges), Source, Target, From, To);

    public IBoundStep Concatenate(Routine.Concatenate routine) =>
        CopyStep<V, T>.Concatenate(routine.Axis, [.. step.Reads.Select(r => sizes[r])], Target, step.Reads, To);

    private BoundRange[] Bound(Sequence<StridedRange> ranges) => [.. ranges.Select(r => new BoundRange(r.Start.Evaluate(names), r.Step))];
}
