using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>A derivation of which one equation is asked for.</summary>
/// <param name="Title">What it practises.</param>
/// <param name="Expression">The expression; summed where it is no scalar.</param>
/// <param name="Shapes">The shapes of its variables.</param>
/// <param name="Wrt">The variables of the gradients.</param>
/// <param name="Target">The name of the cotangent whose equation is hidden.</param>
/// <param name="Occurrence">Which of its equations: the first, or one that adds to it.</param>
/// <param name="Answer">The equation as a person would write it, where the derivation's own is longer or names a definition.</param>
public sealed record Exercise(
    string Title,
    string Expression,
    ImmutableArray<(string Name, Shape Shape)> Shapes,
    ImmutableArray<string> Wrt,
    string Target,
    int Occurrence = 1,
    string? Answer = null)
{
    /// <summary>An exercise for each cotangent of a derivation in the order of its steps.</summary>
    /// <exception cref="SyntaxException">The text is no expression of these variables.</exception>
    /// <exception cref="ArgumentException">A variable of a gradient is none of the expression's.</exception>
    public static ImmutableArray<Exercise> Each(string expression, ImmutableArray<(string Name, Shape Shape)> shapes, ImmutableArray<string> wrt)
    {
        var derivation = new Exercise("", expression, shapes, wrt, "").Derive();
        var targets = derivation.Steps.SelectMany(s => s.Equations.Select(e => (s.Line, e.Target))).ToList();
        return [.. targets.Select((t, i) => new Exercise(
            $"question {i + 1} of {targets.Count}: {t.Target} from {t.Line}", expression, shapes, wrt, t.Target, targets.Take(i + 1).Count(u => u.Target == t.Target)))];
    }

    /// <summary>The whole derivation.</summary>
    /// <exception cref="SyntaxException">The text is no expression of these variables.</exception>
    /// <exception cref="ArgumentException">A variable of a gradient is none of the expression's.</exception>
    public Derivation Derive() => Origin.OfText(Derived);

    private Derivation Derived()
    {
        var variables = Shapes.ToDictionary(s => s.Name, s => Expr.Variable(s.Name, s.Shape), StringComparer.Ordinal);
        var y = Parser.Parse(Expression, variables);
        ImmutableArray<Expr> used = [.. Traversal.Variables([y])];
        Expr Named(string name) => variables.TryGetValue(name, out var v) && used.Contains(v) ? v
            : throw new ArgumentException($"the expression has no variable {name}, it has {string.Join(", ", used.Select(Printer.Short))}");
        return Derivation.Of(y.Rank == 0 ? y : y.Sum(), Wrt.IsEmpty ? used : [.. Wrt.Select(Named)]);
    }

    /// <summary>The derivation with its question.</summary>
    /// <exception cref="ArgumentException">It has no such equation.</exception>
    public HiddenEquation Hide() => HiddenEquation.Find(Derive(), Target, Occurrence) ?? throw new ArgumentException($"{Expression}: {Target} has no equation {Occurrence}");
}
