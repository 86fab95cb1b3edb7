using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>Random values of variables, the same in every run. Sizes that have names are drawn anew for each point, so that what is right for one size alone is seen.</summary>
internal static class SamplePoints
{
    /// <summary>Around 0; where logarithms, roots and arcs are defined; beyond 1; and 0 or 1, where integers are needed.</summary>
    private static readonly (double Low, double High, bool Whole)[] Ranges = [(-1.5, 1.5, false), (0.2, 0.9, false), (1.1, 2, false), (0, 1.999, true)];

    private const int Each = 6, Mixtures = 60, LeastSize = 2;

    /// <summary>Points with one range for all variables first, then mixtures.</summary>
    public static IEnumerable<ImmutableArray<Tensor<double>>> Of(ImmutableArray<Expr> variables)
    {
        var random = new Random(1);
        foreach (var range in Ranges)
            for (var i = 0; i < Each; i++) yield return Drawn(variables, _ => range, random);
        for (var i = 0; i < Mixtures; i++) yield return Drawn(variables, _ => Ranges[random.Next(Ranges.Length)], random);
    }

    private static ImmutableArray<Tensor<double>> Drawn(ImmutableArray<Expr> variables, Func<Expr, (double Low, double High, bool Whole)> range, Random random)
    {
        var sizes = Sizes(variables.SelectMany(v => v.Shape).ToList(), random);
        return [.. variables.Select(v => Uniform(v.Shape.Evaluate(sizes), range(v), random))];
    }

    /// <summary>Different numbers for different names, and none that stands in a shape: no two lengths are mistaken for each other.</summary>
    private static Dictionary<string, long> Sizes(List<Dim> lengths, Random random)
    {
        string[] names = [.. lengths.SelectMany(d => d.Names).Distinct()];
        long[] free = [.. Enumerable.Range(LeastSize, names.Length + lengths.Count + 2).Select(n => (long)n).Where(n => lengths.All(d => d.Value != n))];
        random.Shuffle(free);
        return names.Zip(free).ToDictionary(p => p.First, p => p.Second);
    }

    private static Tensor<double> Uniform(int[] sizes, (double Low, double High, bool Whole) range, Random random) => Tensor<double>.Build(sizes, values =>
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = range.Low + random.NextDouble() * (range.High - range.Low);
            values[i] = range.Whole ? Math.Floor(value) : value;
        }
    });
}
