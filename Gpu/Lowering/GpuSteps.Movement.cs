using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Gpu;

internal sealed partial class GpuSteps<T>
{
    private static int[] RowMajor(int[] shape) => Layout.Dense(shape).Strides;

    /// <summary>A box of elements, each with a place in the source and in the target.</summary>
    private static Launch Copy(int from, int to, int[] box, int sourceStart, IEnumerable<int> sourceStrides, int targetStart, IEnumerable<int> targetStrides) =>
        Start(typeof(StridedCopy<,>), [], [from, to], [box.Length, .. box, sourceStart, .. sourceStrides, targetStart, .. targetStrides], Count(box));

    private static Launch Zeros(int slot, int elements) => Start(typeof(Fill<,>), [], [slot], [0], elements);

    public ImmutableArray<Launch> Permute(Routine.Permute routine) =>
        [Copy(From, To, Target, 0, routine.Order.Select(axis => RowMajor(Source)[axis]), 0, RowMajor(Target))];

    public ImmutableArray<Launch> Slice(Routine.Slice routine)
    {
        var (start, strides) = Strided(routine.Ranges, Source);
        return [Copy(From, To, Target, start, strides, 0, RowMajor(Target))];
    }

    public ImmutableArray<Launch> Pad(Routine.Pad routine)
    {
        var (start, strides) = Strided(routine.Ranges, Target);
        return [Zeros(To, Count(Target)), Copy(From, To, Source, 0, RowMajor(Source), start, strides)];
    }

    public ImmutableArray<Launch> Concatenate(Routine.Concatenate routine)
    {
        var strides = RowMajor(Target);
        var at = 0;
        var launches = ImmutableArray.CreateBuilder<Launch>();
        foreach (var read in step.Reads)
        {
            launches.Add(Copy(read, To, sizes[read], 0, RowMajor(sizes[read]), at * strides[routine.Axis], strides));
            at += sizes[read][routine.Axis];
        }
        return launches.ToImmutable();
    }

    public ImmutableArray<Launch> Windows(Routine.Windows routine)
    {
        var strides = RowMajor(Source);
        var lead = Source.Length - routine.Taps.Count;
        int[] read = [.. strides[..lead], .. routine.Taps.Select((t, i) => t.Stride * strides[lead + i]), .. routine.Taps.Select((t, i) => t.Dilation * strides[lead + i])];
        return [Copy(From, To, Target, 0, routine.Order.Select(axis => read[axis]), 0, RowMajor(Target))];
    }

    private (int Start, IEnumerable<int> Strides) Strided(Sequence<StridedRange> ranges, int[] shape)
    {
        var strides = RowMajor(shape);
        return (ranges.Select((r, i) => checked((int)r.Start.Evaluate(names)) * strides[i]).Sum(), ranges.Select((r, i) => r.Step * strides[i]));
    }
}
