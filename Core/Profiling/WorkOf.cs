using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Profiling;

/// <summary>The work of each routine, a row for each: what the mathematics asks for, not what a kernel happens to do.</summary>
/// <param name="step">The step.</param>
/// <param name="sizes">The sizes of each slot.</param>
/// <param name="element">Bytes of a number.</param>
public sealed class WorkOf(Step step, ImmutableArray<ImmutableArray<int>> sizes, int element) : IRoutineCases<Work>
{
    public static Work Step(Step step, ImmutableArray<ImmutableArray<int>> sizes, int element) =>
        step.Routine.Match(new WorkOf(step, sizes, element));

    public Work Length(Routine.Length routine) => Whole(0);

    public Work Iota(Routine.Iota routine) => Whole(0);

    public Work Elementwise(Routine.Elementwise routine) =>
        Whole(Target * Cost(routine.Body));

    public Work Several(Routine.Several routine) =>
        Whole(routine.Parts(step).Sum(part => Elements(part.Writes[0]) * Cost(part.Body)));

    public Work Sum(Routine.Sum routine) => Whole(Source);

    public Work ProductOver(Routine.ProductOver routine) => Whole(Source);

    public Work Maximum(Routine.Maximum routine) => Whole(Source);

    /// <summary>The body's work and an operation for each reduction, for each element; what has the most of them is read whole.</summary>
    public Work Reduction(Routine.Reduction routine) =>
        Whole(step.Reads.Max(Elements) * (double)(routine.Body.Instructions.Sum(i => FormulaCost.Of(i.Function)) + routine.Folds.Count(f => f != Fold.None)));

    public Work MaximumIndicator(Routine.MaximumIndicator routine) => Whole(Target);

    /// <summary>2 m n k: a multiply-add for each element of the result and each along the inner axis, and what is done to each element then.</summary>
    public Work Product(Routine.Product routine) =>
        Whole(Target * (2.0 * Of(step.Reads[0])[routine.TransposeA ? ^2 : ^1] + (routine.Epilogue is { } body ? Cost(body) : 0)));

    /// <summary>2 |y| |w| / filters: each output is a sum over a filter, whichever leg is open. Taps beyond the border count.</summary>
    public Work Convolution(Routine.Convolution routine)
    {
        var (y, w) = routine.Open switch
        {
            Leg.Output => (step.Writes[0], step.Reads[1]),
            Leg.Input => (step.Reads[0], step.Reads[1]),
            _ => (step.Reads[1], step.Writes[0]),
        };
        return Whole(2.0 * Elements(y) * Elements(w) / Math.Max(1, Of(w)[0]) + (routine.Epilogue is { } body ? Target * Cost(body) : 0));
    }

    public Work Permute(Routine.Permute routine) => Moved;

    public Work Slice(Routine.Slice routine) => Moved;

    public Work Pad(Routine.Pad routine) => Whole(0);

    public Work Concatenate(Routine.Concatenate routine) => Whole(0);

    public Work Windows(Routine.Windows routine) => Whole(0);

    public Work FoldWindows(Routine.FoldWindows routine) =>
        Whole((double)Elements(step.Writes[0]) / Spatial(step.Writes[0], routine.Taps.Count) * routine.Taps
            .Select((t, i) => (double)t.Taps * t.Count(Of(step.Writes[0])[^(routine.Taps.Count - i)]).Value!.Value).Aggregate(1.0, (a, b) => a * b));

    public Work PoolSum(Routine.PoolSum routine) => Whole(Target * Taps(routine.Taps));

    public Work PoolMaximum(Routine.PoolMaximum routine) => Whole(Target * Taps(routine.Taps));

    /// <summary>A comparison for each tap to find the maximum, and one addition there.</summary>
    public Work FoldMaximum(Routine.FoldMaximum routine) => Whole(Elements(step.Reads[1]) * (Taps(routine.Taps) + 1));

    /// <summary>A comparison for each element.</summary>
    public Work MaximumPlace(Routine.MaximumPlace routine) => Whole(Source);

    public Work AtPlace(Routine.AtPlace routine) => Whole(Target);

    public Work AtMaximum(Routine.AtMaximum routine) => Whole(Target);

    /// <summary>The convolution's work, and a comparison for each of its outputs.</summary>
    public Work PooledConvolution(Routine.PooledConvolution routine) =>
        Whole((double)Target * routine.Height * routine.Width * (2.0 * Elements(step.Reads[1]) / Math.Max(1, Of(step.Reads[1])[0]) + 1));

    /// <summary>A multiply-add for each tap and each maximum.</summary>
    public Work KernelAtPlace(Routine.KernelAtPlace routine) => Whole(2.0 * Elements(step.Reads[1]) * Target / Math.Max(1, Of(step.Writes[0])[0]));

    /// <summary>What is read is the indices, and of x as much as is written.</summary>
    public Work Gather(Routine.Gather routine) => new(0, Bytes(step.Reads[1]) + Written, Written);

    public Work ScatterAdd(Routine.ScatterAdd routine) => Whole(Elements(step.Reads[1]));

    /// <summary>n log₂ n comparisons for each line of n.</summary>
    public Work ArgSort(Routine.ArgSort routine) => Whole(Source * Math.Log2(Math.Max(1, Of(step.Reads[0])[routine.Axis])));

    public Work Cumulate(Routine.Cumulate routine) => Whole(2.0 * Target);

    public Work RunningSum(Routine.RunningSum routine) => Whole(Target);

    public Work RunningMaximum(Routine.RunningMaximum routine) => Whole(Target);

    /// <summary>Philox counts in integers, which are no floating-point operations.</summary>
    public Work Uniform(Routine.Uniform routine) => Whole(0);

    /// <summary>n³ / 3 for each matrix.</summary>
    public Work Cholesky(Routine.Cholesky routine) => Whole((double)Source * Of(step.Reads[0])[^1] / 3);

    /// <summary>n² for each column.</summary>
    public Work TriangularSolve(Routine.TriangularSolve routine) => Whole((double)Target * Of(step.Reads[0])[^1]);

    /// <summary>2 n³ / 3 for each matrix.</summary>
    public Work Lu(Routine.Lu routine) => Whole(2.0 * Source * Of(step.Reads[0])[^1] / 3);

    /// <summary>A step that reads and writes all of its slots.</summary>
    private Work Whole(double flop) => new(flop, step.Reads.Distinct().Sum(Bytes), Written);

    /// <summary>A step that reads as much as it writes, and computes nothing.</summary>
    private Work Moved => new(0, Written, Written);

    private static double Cost(Body body) => body.Instructions.Sum(i => FormulaCost.Of(i.Function));

    private long Source => Elements(step.Reads[0]);

    private long Target => Elements(step.Writes[0]);

    private long Written => step.Writes.Sum(Bytes);

    private static double Taps(IEnumerable<TapAxis> axes) => axes.Aggregate(1.0, (n, axis) => n * axis.Taps);

    private double Spatial(int slot, int axes) => Math.Max(1, Of(slot)[^axes..].Aggregate(1.0, (n, size) => n * size));

    private ImmutableArray<int> Of(int slot) => sizes[slot];

    private long Elements(int slot) => Of(slot).Aggregate(1L, (n, size) => n * size);

    private long Bytes(int slot) => Elements(slot) * element;
}
