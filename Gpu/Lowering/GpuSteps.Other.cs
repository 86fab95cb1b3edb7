using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Gpu;

internal sealed partial class GpuSteps<T>
{
    public ImmutableArray<Launch> Cumulate(Routine.Cumulate routine) => Scan(0, From, Second, routine.Axis, routine.Reverse);

    public ImmutableArray<Launch> RunningSum(Routine.RunningSum routine) => Scan(1, From, From, routine.Axis, routine.Reverse);

    public ImmutableArray<Launch> RunningMaximum(Routine.RunningMaximum routine) => Scan(2, From, From, routine.Axis, false);

    private ImmutableArray<Launch> Scan(int kind, int factors, int terms, int axis, bool backwards)
    {
        var (length, stride) = (Target[axis], Count(Target[(axis + 1)..]));
        return [Start(typeof(Scan<,>), [], [factors, terms, To], [kind, length, stride, backwards ? 1 : 0], length == 0 ? 0 : Count(Target) / length)];
    }

    public ImmutableArray<Launch> Cholesky(Routine.Cholesky routine) => [Start(typeof(CholeskyOf<,>), [], [From, To], [Target[^1]], Count(Target[..^2]))];

    public ImmutableArray<Launch> Lu(Routine.Lu routine) => [Start(typeof(LuOf<,>), [], [From, To], [Source[^1]], Count(Source[..^2]))];

    public ImmutableArray<Launch> TriangularSolve(Routine.TriangularSolve routine)
    {
        var form = new TriangularForm(Target[^2], Target[^1], routine.Lower, routine.Transposed, routine.Unit);
        return [Start(typeof(Substitution<,>), [], [From, Second, To], [form.Rows, form.Columns, form.Forward ? 1 : 0, form.Transposed ? 1 : 0, form.Unit ? 1 : 0], Count(Target[..^2]) * form.Columns)];
    }

    public ImmutableArray<Launch> Gather(Routine.Gather routine) =>
        [Start(typeof(Take<,>), [], [From, Second, To], Indexed(Source, sizes[Second], routine.Batch, routine.Axis), Count(Target))];

    public ImmutableArray<Launch> ScatterAdd(Routine.ScatterAdd routine) =>
        [Start(typeof(AddAt<,>), [], [From, Second, To], Indexed(Target, Source, routine.Batch, routine.Axis), Count(Target))];

    public ImmutableArray<Launch> ArgSort(Routine.ArgSort routine) =>
        [Start(typeof(Rank<,>), [], [From, To], [Source[routine.Axis], Count(Source[(routine.Axis + 1)..])], Count(Source))];

    private static ImmutableArray<int> Indexed(int[] array, int[] indices, int batch, int axis)
    {
        var s = IndexedSizes.Of(array, indices, batch, axis);
        return [(int)s.Outer, (int)s.Length, (int)s.Indices, (int)s.Inner];
    }
}
