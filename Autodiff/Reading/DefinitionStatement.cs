using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>What the rule of a definition says in general: what it is, where that is short, and its pullback over letters.</summary>
internal static class DefinitionStatement
{
    private const int ShortBody = 60, ShortPullback = 160;

    /// <summary>What a teacher says of definitions whose formula says less.</summary>
    private static readonly ImmutableDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["mean"] = "y = Σ x / N: each of the N receives dy / N",
        ["logsumexp"] = "y = log Σ exp(x), from the largest x so that nothing overflows: dx = dy * exp(x) / Σ exp(x)",
        ["standardize"] = "y = (x - μ) / σ with the mean μ and σ² = variance + ε: dx = (dy - mean(dy) - y * mean(dy * y)) / σ",
        ["max_pool"] = "y is the largest of each window: dx is dy where it stands, and 0 elsewhere",
        ["avg_pool"] = "y is the mean of each window: each of its values receives its share of dy",
        ["repeat"] = "y repeats each value: dx sums dy over the copies",
        ["topk"] = "y takes the largest of x: dx is dy at their places, and 0 elsewhere",
        ["sort"] = "y is x in order: dx is dy, each at its place in x",
        ["cumsum"] = "y sums x up to each place: dx sums dy from each place on",
        ["det"] = "y = det A: dA = dy * y * A⁻ᵀ",
        ["slogdet"] = "y = log |det A|: dA = dy * A⁻ᵀ",
        ["inv"] = "Y = A⁻¹: dA = -Yᵀ dY Yᵀ",
        ["solve"] = "A X = B: dB = A⁻ᵀ dX, dA = -dB Xᵀ",
        ["trace"] = "y sums the diagonal: dA is dy there, and 0 elsewhere",
    }.ToImmutableDictionary();

    public static string Of(Op.Call op)
    {
        if (op.Definition.Options is not null && Words.TryGetValue(op.Name, out var words)) return words;
        var definition = op.Definition;
        ImmutableArray<Expr> letters = [.. definition.Parameters.Zip(Letters(definition.Parameters.Length), (p, letter) => Expr.Variable(letter, p.Shape))];
        var y = Expr.Of(op, letters);
        var dy = Expr.Variable("dy", y.Shape);
        var names = letters.Append(dy).ToDictionary(v => v, v => ((Op.Variable)v.Op).Label);
        var body = Text([definition.Expand(letters)], names, ShortBody);
        names[y] = "y";
        var contributions = Pullbacks.Standard.Call(op).Contributions(y, dy);
        List<(string Letter, Expr Value)> given = [.. letters.Zip(contributions).Where(c => c.Second is not null).Select(c => (names[c.First], c.Second!))];
        var pullback = Text([.. given.Select(g => g.Value)], names, ShortPullback);
        var said = $"y = {(definition.Options is null ? $"{definition.Name}({string.Join(", ", letters.Select(v => names[v]))})" : Printer.Formula(y, names, open: true))}{(body is [var one] ? $" = {one}" : "")}";
        return given.Count == 0 ? $"{said} does not change under small changes"
            : pullback is { } parts ? $"{said}: {string.Join(", ", given.Zip(parts, (g, text) => $"d{g.Letter} = {text}"))}"
            : definition.Adjoints.IsDefault ? $"{said}: the chain rule through what it is made of"
            : $"{said}: its own pullback";
    }

    /// <summary>The formulas, where they are short.</summary>
    private static IReadOnlyList<string>? Text(ImmutableArray<Expr> values, IReadOnlyDictionary<Expr, string> names, int most)
    {
        var read = Contributions.Of(values, names.GetValueOrDefault, _ => false).Formulas;
        return read.Where.IsEmpty && read.Texts.Sum(t => t.Length) <= most ? read.Texts : null;
    }

    private static IEnumerable<string> Letters(int count) => count switch
    {
        1 => ["x"],
        <= 3 => ["a", "b", "c"],
        _ => Enumerable.Range(1, count).Select(i => $"x{i}"),
    };
}
