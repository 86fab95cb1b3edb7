using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>
/// For tests: before each step all of the arena that holds no live value is made NaN. A plan that lets a value die too early, or a step that
/// reads what it should have written, then shows in the results.
/// </summary>
/// <param name="Lives">The lives by which the arena is laid out, <see cref="Liveness.Intervals"/> or what a test plants in place of them.</param>
internal sealed record Poison(Func<Plan, IReadOnlyDictionary<int, (int First, int Last)>> Lives)
{
    public static readonly Poison Standard = new(Liveness.Intervals);

    /// <summary>The steps, each after what is dead then has been overwritten.</summary>
    public IBoundStep[] Before<T>(IBoundStep[] steps, IReadOnlyDictionary<int, (int First, int Last)> lives, Func<int, (long Start, long End)> place, Arena arena)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. steps.Select((step, at) => new PoisonedStep<T>(
            step, arena, Between(lives.Where(l => l.Value.First < at && at <= l.Value.Last).Select(l => place(l.Key)), arena.Bytes)))];

    /// <summary>What lies between some stretches of the bytes from 0 to the end.</summary>
    private static ImmutableArray<(long Start, long End)> Between(IEnumerable<(long Start, long End)> stretches, long end)
    {
        (long Start, long End)[] live = [(0, 0), .. stretches.Order(), (end, end)];
        return [.. live.Zip(live[1..], (a, b) => (a.End, b.Start)).Where(gap => gap.Item1 < gap.Item2)];
    }
}
