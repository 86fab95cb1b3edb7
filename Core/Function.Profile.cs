using System.Collections.Immutable;
using AutoDiffAE.Tensors;

namespace AutoDiffAE;

public sealed partial class Function<T>
{
    private const int Warmups = 3;

    /// <summary>
    /// Runs some times with a timestamp after each step, and says where the time went. The outputs are filled; updates are computed but not
    /// committed, so the store is as it was. The first call measures the machine's limits too, which takes about a tenth of a second.
    /// </summary>
    /// <param name="inputs">As in <see cref="Invoke(ReadOnlySpan{Buffer{T}}, ReadOnlySpan{Buffer{T}})"/>.</param>
    /// <param name="outputs">Likewise.</param>
    /// <param name="runs">How often to time it, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer runs than 1.</exception>
    public unsafe Profiling.Profile Profile(ReadOnlySpan<Buffer<T>> inputs, ReadOnlySpan<Buffer<T>> outputs, int runs = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        lock (_store.Gate)
        {
            var binding = Prepare(inputs, outputs);
            _undoable = false;
            ImmutableArray<long[]> ticks = [.. Enumerable.Range(0, runs).Select(_ => new long[Plan.Steps.Length])];
            for (var i = 0; i < Warmups; i++) binding.Run(_external, ticks[0]);
            foreach (var run in ticks) binding.Run(_external, run);
            return Profiling.Profile.Of(Plan, Sizes(), sizeof(T), ticks, binding.ArenaBytes, _executable.Limits);
        }
    }

    /// <summary>The sizes of each slot of the plan, as they were bound last.</summary>
    private ImmutableArray<ImmutableArray<int>> Sizes() => [.. Plan.Slots.Select(s => s.Shape.Evaluate(_sizes).ToImmutableArray())];
}
