using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cli;

/// <summary>Random values of variables at which an expression is finite and smooth, of small sizes.</summary>
internal static class RandomPoint
{
    /// <summary>Tried in turn: around 0; where logarithms, roots and arcs are defined; beyond 1.</summary>
    private static readonly (double Low, double High)[] Ranges = [(-1.5, 1.5), (0.2, 0.9), (1.1, 2)];

    private const int LeastSize = 2, Tries = 8, MostMixtures = 243;

    /// <exception cref="SyntaxException">The text is no expression of these variables.</exception>
    /// <exception cref="UsageException">It is finite at none of the values tried.</exception>
    public static CheckPoint Of(string text, ImmutableArray<DeclaredShape> shapes, int seed)
    {
        var variables = shapes.ToDictionary(s => s.Variable, s => Expr.Variable(s.Variable, s.Shape), StringComparer.Ordinal);
        var random = new Random(seed);
        var y = Parser.Parse(text, variables);
        ImmutableArray<Expr> inputs = [.. shapes.Select(s => variables[s.Variable])];
        return Of(y, inputs, new Smoothness(y, inputs), Sizes(inputs, random), random);
    }

    /// <summary>The same of an expression of the inputs.</summary>
    /// <exception cref="UsageException">It is finite at none of the values tried.</exception>
    public static CheckPoint Of(Expr y, ImmutableArray<Expr> inputs, Smoothness smoothness, IReadOnlyDictionary<string, long> sizes, Random random)
    {
        var used = Traversal.Variables([y]).ToHashSet();
        var (values, ranges) = Drawn(inputs, sizes, smoothness, random);
        return new(y, values, [.. inputs.Select((x, i) => (X: x, Range: ranges[i])).Where(p => used.Contains(p.X)).Select(p => string.Create(CultureInfo.InvariantCulture,
            $"{Printer.Short(p.X)} {p.X.Shape}{CheckPoint.Bound(p.X.Shape, p.X.Shape.Evaluate(sizes))}: random in ({p.Range.Low}, {p.Range.High})"))]);
    }

    /// <summary>Different numbers for different names, and none that stands in a shape, so that no two lengths are mistaken for each other.</summary>
    public static Dictionary<string, long> Sizes(ImmutableArray<Expr> inputs, Random random)
    {
        var lengths = inputs.SelectMany(x => x.Shape).ToList();
        var names = lengths.SelectMany(d => d.Names).Distinct().ToArray();
        var numbers = Enumerable.Range(LeastSize, names.Length + lengths.Count).Select(n => (long)n).Where(n => lengths.All(d => d.Value != n)).Take(names.Length).ToArray();
        random.Shuffle(numbers);
        return names.Zip(numbers).ToDictionary(p => p.First, p => p.Second);
    }

    private static (ImmutableArray<(Expr, Tensor<double>)> Values, (double Low, double High)[] Ranges) Drawn(
        ImmutableArray<Expr> inputs, IReadOnlyDictionary<string, long> sizes, Smoothness smoothness, Random random)
    {
        (ImmutableArray<(Expr, Tensor<double>)>, (double, double)[])? finite = null;
        foreach (var ranges in Mixtures(inputs.Length))
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                ImmutableArray<(Expr Variable, Tensor<double> Value)> values = [.. inputs.Zip(ranges, (x, r) => (x, Uniform(x.Shape.Evaluate(sizes), r, random)))];
                if (!smoothness.IsFinite(values)) continue;
                if (smoothness.IsSmooth(values, random)) return (values, ranges);
                finite ??= (values, ranges);
            }
        }
        var tried = string.Join(", ", Ranges.Select(r => string.Create(CultureInfo.InvariantCulture, $"({r.Low}, {r.High})")));
        return finite ?? throw new UsageException($"at no values tried, in {tried}, the expression and its derivatives are finite: give values by --in");
    }

    /// <summary>A range for each variable: one for all of them first, then mixtures while there are not too many.</summary>
    private static IEnumerable<(double Low, double High)[]> Mixtures(int count)
    {
        foreach (var range in Ranges) yield return [.. Enumerable.Repeat(range, count)];
        IEnumerable<ImmutableArray<(double Low, double High)>> mixtures = [[]];
        if (Math.Pow(Ranges.Length, count) > MostMixtures) yield break;
        for (var i = 0; i < count; i++) mixtures = [.. from mixture in mixtures from range in Ranges select mixture.Add(range)];
        foreach (var mixture in mixtures) yield return [.. mixture];
    }

    private static Tensor<double> Uniform(int[] sizes, (double Low, double High) range, Random random) => Tensor<double>.Build(sizes, values =>
    {
        for (var i = 0; i < values.Length; i++) values[i] = range.Low + random.NextDouble() * (range.High - range.Low);
    });
}
