using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>An equation of a derivation that is asked for, by the places of its step and of it in the step.</summary>
public sealed record HiddenEquation(Derivation Derivation, int Step, int Equation)
{
    /// <summary>The step that it belongs to.</summary>
    public DerivationStep Of => Derivation.Steps[Step];

    /// <summary>What is asked for.</summary>
    public DerivationEquation Wanted => Of.Equations[Equation];

    /// <summary>The left side and a question mark.</summary>
    public string Question => $"{Wanted.Target} {(Wanted.Adds ? "+=" : "=")} ?";

    /// <summary>The values that an answer may mention: all that is computed, and the cotangents that are known when this step is taken.</summary>
    public IReadOnlyDictionary<string, Expr> Known { get; } = Derivation.Names.Select(n => (Name: n.Value, Value: n.Key))
        .Concat(Derivation.Steps.Take(Step + 1).Select(s => (Name: s.Cotangent, Value: s.Step.Cotangent)))
        .ToDictionary(n => n.Name, n => n.Value.Named(n.Name), StringComparer.Ordinal);

    /// <summary>The derivation without what would give the answer away: the rule of the step, its other equations and notes, and the results.</summary>
    public Derivation Shown => Derivation with
    {
        Gradients = [],
        Steps = Derivation.Steps.SetItem(Step, Of with { Rule = "?", Statement = "which rule?", Notes = [], Equations = [Wanted with { Formula = "?" }] }),
    };

    /// <summary>The equation that gives a cotangent its first, second, … contribution; null where there is none.</summary>
    public static HiddenEquation? Find(Derivation derivation, string target, int occurrence) =>
        derivation.Steps.SelectMany((s, i) => s.Equations.Select((e, j) => (e.Target, Step: i, Equation: j)))
            .Where(e => e.Target == target).Skip(occurrence - 1).Select(e => new HiddenEquation(derivation, e.Step, e.Equation)).FirstOrDefault();
}
