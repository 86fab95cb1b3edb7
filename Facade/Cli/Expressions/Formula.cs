using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>The graph that answers a question: variables with the arrays whose values they take, and results by their keys in a file.</summary>
internal sealed record Formula(ImmutableArray<(Expr Variable, string Array)> Inputs, ImmutableArray<(string Key, Expr Value)> Results)
{
    /// <exception cref="SyntaxException">The text is no expression of these arrays.</exception>
    /// <exception cref="UsageException">An array or variable asked for is not there, or has another shape than it must.</exception>
    /// <exception cref="DisconnectedException">The expression depends on a variable in no differentiable way.</exception>
    public static Formula Of(Question question, Arrays arrays) => Origin.OfText(() => Built(question, arrays));

    private static Formula Built(Question question, Arrays arrays)
    {
        var (variables, sizes) = Variables.Of(arrays, question.Shapes);
        var y = Parser.Parse(question.Text, variables);
        var present = Traversal.Variables([y]).ToDictionary(v => Printer.Short(v), StringComparer.Ordinal);
        var inputs = ImmutableArray.CreateBuilder<(Expr Variable, string Array)>();

        Expr Present(string name, string asker) => present.TryGetValue(name, out var x) ? x : throw new UsageException(
            $"{asker}: the expression has no variable {name}, it has {(present.Count == 0 ? "none" : string.Join(", ", present.Keys.Order(StringComparer.Ordinal)))}");
        Expr Like(Expr shaped, string what, string array, string asker)
        {
            var (found, needed) = (Shape.Of(arrays.Find(array, asker).Sizes), Shape.Of(shaped.Shape.Evaluate(sizes)));
            if (found != needed) throw new UsageException($"{asker}: {array} has the shape {found}, {what} has {needed}");
            var variable = Expr.Variable(array, shaped.Shape);
            inputs.Add((variable, array));
            return variable;
        }
        ImmutableArray<(Expr X, Expr V)> Along(ImmutableArray<Pair> pairs, string option) =>
            [.. pairs.Select(p => Present(p.Variable, $"{option} {p}") is var x ? (x, Like(x, p.Variable, p.Array, $"{option} {p}")) : default)];

        var cotangent = question.Cotangent is { } name ? Like(y, "the expression", name, $"cotangent {name}") : null;
        Expr? Seed(string asker) => cotangent is not null || y.Rank == 0 ? cotangent : throw new UsageException(
            $"{asker}: the expression has the shape {y.Shape} and no gradient until its cotangent is given, an array of that shape; or sum the expression");
        var wrt = question.Gradients.Select(g => Present(g, $"grad {g}")).ToList();
        var gradients = wrt.Count == 0 ? [] : Gradient.Of(y, wrt, Seed("grad"));
        var tangents = Along(question.Tangents, "jvp");
        var directions = Along(question.Directions, "hvp");
        var products = directions.IsEmpty ? [] : Jvp.Of(Gradient.Of(y, directions.Select(d => d.X), Seed("hvp")), directions, disconnected: Disconnected.Zero);
        ImmutableArray<(string, Expr)> results =
        [
            ("out", y),
            .. question.Gradients.Zip(gradients, (x, g) => ($"grad_{x}", g)),
            .. tangents.IsEmpty ? [] : Jvp.Of([y], tangents).Select(t => ("jvp", t)),
            .. question.Directions.Zip(products, (d, p) => ($"hvp_{d.Variable}", p)),
        ];
        // A variable that is not in the graph may still be the one that binds a size.
        var needed = Traversal.Variables(results.Select(r => r.Item2)).ToHashSet();
        return new([
            .. variables.Where(v => needed.Contains(v.Value) || !v.Value.Shape.IsConcrete).Select(v => (v.Value, v.Key)),
            .. inputs.Where(i => needed.Contains(i.Variable))], results);
    }
}
