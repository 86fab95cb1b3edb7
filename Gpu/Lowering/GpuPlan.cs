using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Gpu;

/// <summary>A plan with numbers for its sizes as starts of kernels, step by step; it needs no device.</summary>
/// <param name="Sizes">The sizes of each slot.</param>
/// <param name="Steps">Of each step its starts, and the elements of the parts of scratch memory that it asks for.</param>
internal sealed record GpuPlan(int[][] Sizes, ImmutableArray<(ImmutableArray<Launch> Launches, IReadOnlyList<int> Scratch)> Steps)
{
    public static GpuPlan Of<T>(Plan plan, IReadOnlyDictionary<string, long> names) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sizes = plan.Slots.Select(s => s.Shape.Evaluate(names)).ToArray();
        Layout[] layouts = [.. plan.Slots.Select(s => Layout.Of(s, sizes, names))];
        return new(sizes, [.. plan.Steps.Select(s =>
        {
            var steps = new GpuSteps<T>(s, sizes, layouts, names);
            return (s.Routine.Match(steps), steps.ScratchElements);
        })]);
    }

    /// <summary>Each kernel once.</summary>
    public IEnumerable<Kernel> Kernels => Steps.SelectMany(s => s.Launches).Select(l => l.Kernel).Distinct();
}
