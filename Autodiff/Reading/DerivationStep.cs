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
    /// <summary>Parts of the equations that have names of their own, each before it is used.</summary>
    public ImmutableArray<NamedFormula> Where { get; init; } = [];

    /// <summary>Variables in what is read (<see cref="DerivationEquation.Read"/>, <see cref="Where"/>) that stand for values of the derivation.</summary>
    public IReadOnlyDictionary<Expr, Expr> StandsFor { get; init; } = ImmutableDictionary<Expr, Expr>.Empty;

    internal static DerivationStep Of(TapeStep step, IReadOnlyDictionary<Expr, string> names, IReadOnlyDictionary<Expr, string> cotangents, HashSet<Expr> received, Func<string, bool> isTaken)
    {
        var node = step.Node;
        var notes = ImmutableArray.CreateBuilder<string>();
        string? Name(Expr e) => e == step.Cotangent ? cotangents[node] : names.GetValueOrDefault(e);
        List<(Expr Arg, Expr Value)> given = [.. node.Args.Zip(step.Contributions).Where(c => c.Second is not null && cotangents.ContainsKey(c.First)).Select(c => (c.First, c.Second!))];
        var read = Contributions.Of([.. given.Select(g => g.Value)], Name, isTaken);
        ImmutableArray<DerivationEquation> equations = [.. given.Select((g, i) => new DerivationEquation(cotangents[g.Arg], read.Formulas.Texts[i], !received.Add(g.Arg), g.Arg.Shape, g.Value) { Read = read.Values[i] })];
        foreach (var ((arg, _), equation) in given.Zip(equations))
            if (equation.Adds) notes.Add($"{names[arg]} is used again: what it receives is added to what its other uses gave");
        if (node.Op is Op.BroadcastTo to)
            notes.Add($"sum over {Axes(Broadcast.Repeated(node.Args[0].Shape, to.Target))} because {names.GetValueOrDefault(node.Args[0], "it")} was broadcast from {node.Args[0].Shape} to {node.Shape}");
        if (given.Count > 0) notes.AddRange(Conventions.Of(node));
        var line = $"{names.GetValueOrDefault(node, "it")} = {Printer.Formula(node, names, open: true)}";
        return new(step, line, cotangents[node], step.Rule, Statements.Of(node), equations, notes.ToImmutable()) { Where = read.Formulas.Where, StandsFor = read.StandsFor };
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
    /// <summary>What the formula is written from: the contribution, or where that is a definition's pullback, what this says.</summary>
    public Expr Read { get; init; } = Value;

    public override string ToString() => $"{Target} {(Adds ? "+=" : "=")} {Formula}";
}
