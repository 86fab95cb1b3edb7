using System.Collections.Immutable;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Gpu;

internal sealed partial class GpuSteps<T>
{
    /// <summary>About so many elements are added up one after the other; a tree of such parts keeps sums of any length accurate.</summary>
    private const int PartElements = 64;

    public ImmutableArray<Launch> Elementwise(Routine.Elementwise routine) => [Run(routine.Body, [.. step.Reads, .. step.Writes])];

    public ImmutableArray<Launch> Several(Routine.Several routine) => [.. routine.Parts(step).Select(part => Run(part.Body, [.. part.Reads, .. part.Writes]))];

    private Launch Run(Body body, ImmutableArray<int> slots) => Run(body, slots, [.. slots.Select(s => layouts[s])]);

    private static Launch Run(Body body, ImmutableArray<int> slots, IReadOnlyList<Layout> operands)
    {
        var shape = operands[^1].Shape;
        var axes = OperandAxes.Of(shape, operands);
        return new(BodyKernels.Of<T>(body, Walk.Of(axes)), slots, [.. Walk.Numbers(axes)], Count(shape));
    }

    public ImmutableArray<Launch> Reduction(Routine.Reduction routine)
    {
        var rank = step.Reads.Max(r => sizes[r].Length);
        int[] shape = [.. Enumerable.Range(1 - rank, rank).Select(i => step.Reads.Select(r => -i < sizes[r].Length ? sizes[r][sizes[r].Length - 1 + i] : 1).Aggregate(1, (a, b) => a == 1 ? b : a))];
        return Reduce(routine.Body, shape, routine.Axes, routine.Folds, step.Reads, step.Writes);
    }

    public ImmutableArray<Launch> Sum(Routine.Sum routine) => Reduce(Body.Copy, Source, routine.Axes, [Fold.Sum], [From], [To]);

    public ImmutableArray<Launch> Maximum(Routine.Maximum routine) => Reduce(Body.Copy, Source, routine.Axes, [Fold.Maximum], [From], [To]);

    /// <summary>A body's results, reduced as they are made, in parts; then the parts, level by level.</summary>
    private ImmutableArray<Launch> Reduce(Body body, int[] shape, Axes reduced, Sequence<Fold> folds, ImmutableArray<int> reads, ImmutableArray<int> writes)
    {
        int[] folded = [.. shape.Select((n, i) => reduced.Contains(i) ? 1 : n)];
        var axes = OperandAxes.Of(shape, [.. reads.Select(r => layouts[r]), .. folds.Select(f => Layout.Dense(f == Fold.None ? shape : folded)), Layout.Dense(folded)]);
        var keeps = Enumerable.Range(0, axes.Sizes.Length).ToLookup(a => axes.Strides[^1][a] != 0);
        var inner = axes.Sizes.Length == 0 || axes.Strides[^1][^1] == 0;
        var ordered = axes.Select([.. keeps[true], .. keeps[false]]);
        ordered = new(ordered.Sizes, ordered.Strides[..^1], ordered.Starts[..^1]);
        var (results, terms) = (Count(folded), shape.Contains(0) ? 0 : Count(shape) / Count(folded));
        var parts = Math.Max(1, (terms + PartElements - 1) / PartElements);
        // A result that is reduced is not walked: it is written once.
        var walks = ordered.Strides.Select((s, o) => o >= reads.Length && folds[o - reads.Length] != Fold.None ? "" : string.Concat(s.Select(stride => stride switch { 0 => '0', 1 => '1', _ => 's' }))).ToSequence();
        var numbers = Enumerable.Range(0, walks.Count).Where(o => o < reads.Length || folds[o - reads.Length] == Fold.None)
            .SelectMany(o => ordered.Strides[o].Where(s => s is not (0 or 1)).Prepend(ordered.Starts[o]));
        ImmutableArray<int> to = [.. writes.Select((w, r) => folds[r] == Fold.None || parts == 1 ? w : Scratch(results * parts))];
        // Neighbouring threads take neighbouring elements, be they of one result or of several.
        ImmutableArray<int> header = [results, parts, terms, .. Outer(inner, results, parts)];
        var launches = ImmutableArray.CreateBuilder<Launch>();
        launches.Add(new(BodyKernels.Of<T>(body, walks, folds, keeps[true].Count()), [.. reads, .. to], [.. header, .. ordered.Sizes, .. numbers], results * parts));
        for (var r = 0; r < folds.Count; r++)
            if (folds[r] != Fold.None && parts > 1) Combine(launches, folds[r] == Fold.Sum ? typeof(DeviceSum) : typeof(DeviceMaximum), to[r], writes[r], results, parts, inner);
        return launches.ToImmutable();
    }

    /// <summary>How threads are shared out among results and parts: by results first where what is reduced lies together.</summary>
    private static ImmutableArray<int> Outer(bool inner, int results, int parts) => inner ? [parts, 1] : [results, 0];

    private void Combine(ImmutableArray<Launch>.Builder launches, Type fold, int from, int to, int results, int parts, bool inner)
    {
        while (parts > 1)
        {
            var after = (parts + PartElements - 1) / PartElements;
            var next = after == 1 ? to : Scratch(results * after);
            launches.Add(Start(typeof(Combine<,,>), [fold], [from, next], [parts, after, inner ? parts : 1, inner ? 1 : results, .. Outer(inner, results, after)], results * after));
            (from, parts) = (next, after);
        }
    }

    /// <summary>The lines over reduced axes: rank, sizes and strides of the kept axes, then of the reduced ones.</summary>
    private static (int Lines, int Elements, ImmutableArray<int> Numbers) Lines(int[] shape, Axes reduced)
    {
        var strides = Layout.Dense(shape).Strides;
        ImmutableArray<int> Part(IEnumerable<int> axes) => [axes.Count(), .. axes.Select(a => shape[a]), 0, .. axes.Select(a => strides[a])];
        int[] kept = [.. Enumerable.Range(0, shape.Length).Where(a => !reduced.Contains(a))];
        return (Count(kept.Select(a => shape[a])), Count(reduced.Select(a => shape[a])), [.. Part(kept), .. Part(reduced)]);
    }

    public ImmutableArray<Launch> MaximumIndicator(Routine.MaximumIndicator routine)
    {
        var (lines, elements, numbers) = Lines(Source, routine.Axes);
        return [Start(typeof(Attained<,>), [], [From, Second, To], [(int)routine.Ties, elements, .. numbers], elements == 0 ? 0 : lines)];
    }

    /// <summary>A line a thread, in order.</summary>
    public ImmutableArray<Launch> ProductOver(Routine.ProductOver routine)
    {
        var (lines, elements, numbers) = Lines(Source, routine.Axes);
        return [Start(typeof(ProductOf<,>), [], [From, To], [elements, .. numbers], lines)];
    }
}
