using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>A line of the computation, differentiated.</summary>
/// <param name="Step">The tape's step.</param>
/// <param name="Line">The line: name = formula.</param>
/// <param name="Cotangent">The name of the line's cotangent.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Statement">What the rule says in general.</param>
/// <param name="Equations">What each argument receives.</param>
/// <param name="Notes">Why a sum appears, where paths add up, what holds at a kink.</param>
public sealed record DerivationStep(TapeStep Step, string Line, string Cotangent, string Rule, string Statement, ImmutableArray<DerivationEquation> Equations, ImmutableArray<string> Notes)
{
    internal static DerivationStep Of(TapeStep step, IReadOnlyDictionary<Expr, string> names, IReadOnlyDictionary<Expr, string> cotangents, HashSet<Expr> received)
    {
        var node = step.Node;
        var equations = ImmutableArray.CreateBuilder<DerivationEquation>();
        var notes = ImmutableArray.CreateBuilder<string>();
        var own = new Dictionary<Expr, string>(names) { [step.Cotangent] = cotangents[node] };
        foreach (var (arg, contribution) in node.Args.Zip(step.Contributions))
        {
            if (contribution is null || !cotangents.TryGetValue(arg, out var target)) continue;
            var adds = !received.Add(arg);
            var formula = Printer.Formula(contribution, own);
            equations.Add(new(target, formula, adds, arg.Shape, contribution));
            if (adds) notes.Add($"{names[arg]} is used again: what it receives is added to what its other uses gave");
        }
        if (node.Op is Op.BroadcastTo to)
            notes.Add($"sum over {Axes(Broadcast.Repeated(node.Args[0].Shape, to.Target))} because {names.GetValueOrDefault(node.Args[0], "it")} was broadcast from {node.Args[0].Shape} to {node.Shape}");
        if (Conventions.Of(node) is { } convention) notes.Add(convention);
        var line = $"{names.GetValueOrDefault(node, "it")} = {Printer.Formula(node, names, open: true)}";
        return new(step, line, cotangents[node], step.Rule, node.Op.Match(new Statements()), equations.ToImmutable(), notes.ToImmutable());
    }

    private static string Axes(IEnumerable<int> axes) => axes.ToList() is { Count: 1 } one ? $"axis {one[0]}" : $"axes {string.Join(", ", axes)}";
}

/// <summary>What one argument receives.</summary>
/// <param name="Target">The name of its cotangent.</param>
/// <param name="Formula">What it receives, in named values.</param>
/// <param name="Adds">Whether it has received something before.</param>
/// <param name="Shape">The cotangent's shape.</param>
/// <param name="Value">The contribution itself.</param>
public sealed record DerivationEquation(string Target, string Formula, bool Adds, Shape Shape, Expr Value)
{
    public override string ToString() => $"{Target} {(Adds ? "+=" : "=")} {Formula}";
}
