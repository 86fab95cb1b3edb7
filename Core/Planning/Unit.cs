using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>What a plan computes in one step: a node, or nodes that run together over the elements of one shape.</summary>
/// <param name="members">Their places in the graph's order, ascending.</param>
/// <param name="over">The shape that is run over; null for what never runs together with anything.</param>
/// <param name="axes">The axes that its reductions have in common; null where it has none.</param>
/// <param name="weight">How much code it makes.</param>
internal sealed class Unit(ImmutableArray<int> members, Shape? over, Axes? axes, int weight)
{
    public ImmutableArray<int> Members => members;
    public Shape? Over => over;
    public Axes? Axes => axes;
    public int Weight => weight;

    public static Unit Single(int node) => new([node], null, null, 0);

    public Unit And(Unit other) => new([.. members.Concat(other.Members).Order()], over, axes ?? other.Axes, weight + other.Weight);
}
