using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>A step by the numbers of its nodes.</summary>
/// <param name="Node">The node that is differentiated.</param>
/// <param name="Targets">For each equation of the step, the node whose cotangent receives it.</param>
/// <param name="Uses">The values of the forward graph that the equations mention.</param>
internal sealed record PageStep(DerivationStep Step, int Node, ImmutableArray<int> Targets, ImmutableArray<int> Uses)
{
    public static PageStep Of(DerivationStep step, IReadOnlyDictionary<Expr, int> number, Derivation derivation)
    {
        var targets = step.Step.Node.Args.Zip(step.Step.Contributions).Where(a => a.Second is not null && derivation.Cotangents.ContainsKey(a.First)).Select(a => number[a.First]);
        return new(step, number[step.Step.Node], [.. targets], [.. Mentioned(step, number)]);
    }

    private static IEnumerable<int> Mentioned(DerivationStep step, IReadOnlyDictionary<Expr, int> number)
    {
        var pending = new Stack<Expr>(step.Equations.Select(e => e.Value));
        var seen = new HashSet<Expr>();
        while (pending.TryPop(out var e))
        {
            if (e == step.Step.Cotangent || !seen.Add(e)) continue;
            if (number.TryGetValue(e, out var node)) yield return node;
            else
                foreach (var arg in e.Args) pending.Push(arg);
        }
    }
}
