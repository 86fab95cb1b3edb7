using System.Collections.Immutable;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Core.Planning;

public class LivenessTest
{
    [Fact]
    public void No_two_temporaries_that_live_at_once_share_a_byte()
    {
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var plan = Random(random, steps: 60);
            var sizes = plan.Slots.Select(_ => (long)random.Next(0, 2000)).ToArray();
            var (offsets, bytes) = Liveness.Place(plan, slot => sizes[slot]);
            var lives = Liveness.Intervals(plan).ToList();
            Assert.Equal(lives.Select(l => l.Key).Order(), offsets.Keys.Order());
            foreach (var (a, lifeA) in lives)
            {
                Assert.InRange(offsets[a] + sizes[a], 0, bytes);
                Assert.Equal(0, offsets[a] % 64);
                foreach (var (b, lifeB) in lives.Where(l => l.Key != a && l.Value.First <= lifeA.Last && lifeA.First <= l.Value.Last))
                    Assert.True(offsets[a] + sizes[a] <= offsets[b] || offsets[b] + sizes[b] <= offsets[a], $"{a} {lifeA} and {b} {lifeB}");
            }
        }
    }

    [Fact]
    public void A_chain_of_equal_sizes_needs_the_memory_of_two()
    {
        var slots = Enumerable.Range(0, 1000).Select(i => new Slot(i, Shape.Of(16), SlotRole.Temporary)).ToImmutableArray();
        var steps = Enumerable.Range(1, 999).Select(i => new Step(new Routine.Length(1), [i - 1], [i], "")).ToImmutableArray();
        Assert.Equal(2 * 128, Liveness.Place(new Plan(slots, steps, []), _ => 128).Bytes);
    }

    /// <summary>Step i writes slot i and reads some earlier ones.</summary>
    private static Plan Random(Random random, int steps) => new(
        [.. Enumerable.Range(0, steps).Select(i => new Slot(i, Shape.Scalar, i % 7 == 0 ? SlotRole.External : SlotRole.Temporary))],
        [.. Enumerable.Range(0, steps).Select(i => new Step(
            new Routine.Length(1), [.. Enumerable.Range(0, random.Next(0, Math.Min(i, 3) + 1)).Select(_ => random.Next(0, i))], [i], ""))],
        []);
}
