using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Core.Planning;

public class ScheduleTest
{
    private static long Peak(Plan plan) => Liveness.Place(plan, slot => plan.Slots[slot].Shape.Size.Value!.Value).Bytes;

    [Fact]
    public void Nothing_is_read_before_it_is_written_and_no_more_memory_is_needed()
    {
        var random = new Random(1);
        var lowered = 0;
        for (var round = 0; round < 300; round++)
        {
            var plan = Random(random, 40);
            var scheduled = Schedule.Apply(plan);
            Assert.Equal(plan.Steps.Select(s => s.Provenance).Order(), scheduled.Steps.Select(s => s.Provenance).Order());
            var written = new HashSet<int>();
            foreach (var step in scheduled.Steps)
            {
                Assert.All(step.Reads, slot => Assert.Contains(plan.Root(slot), written));
                Assert.All(step.Reads.SelectMany(slot => plan.Slots[slot].After ?? []), slot => Assert.Contains(plan.Root(slot), written));
                written.UnionWith(step.Writes);
            }
            Assert.InRange(Peak(scheduled), 0, Peak(plan));
            if (Peak(scheduled) < Peak(plan)) lowered++;
        }
        Assert.InRange(lowered, 30, 300);
    }

    /// <summary>Step i writes slot 2i and reads some earlier ones; slot 2i + 1 is a view of slot 2i that waits for an earlier step.</summary>
    private static Plan Random(Random random, int steps) => new(
        [.. Enumerable.Range(0, steps).SelectMany(i => new[]
        {
            new Slot(2 * i, Shape.Of(random.Next(1, 2000)), i % 7 == 0 ? SlotRole.External : SlotRole.Temporary),
            new Slot(2 * i + 1, Shape.Scalar, i % 7 == 0 ? SlotRole.External : SlotRole.Temporary, 2 * i, null, i > 0 ? [2 * random.Next(0, i)] : null),
        })],
        [.. Enumerable.Range(0, steps).Select(i => new Step(
            new Routine.Length(1), [.. Enumerable.Range(0, random.Next(0, Math.Min(i, 3) + 1)).Select(_ => random.Next(0, 2 * i)).Distinct()], [2 * i], $"{i}"))],
        []);
}
