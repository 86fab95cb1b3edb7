using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Reports;

public sealed class PrincipalComponentsTests
{
    private static double Variance(IEnumerable<double> values) => values.ToArray() is var all && all.Average() is var mean ? all.Average(v => (v - mean) * (v - mean)) : 0;

    /// <summary>Points of independent coordinates with their own deviations, turned at random.</summary>
    private static Tensor<double> Drawn(Random random, int n, int d)
    {
        double[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        var mixed = Enumerable.Range(0, d).Select(_ => Normal(d)).ToArray();
        var scales = Enumerable.Range(0, d).Select(k => 1.0 / (k + 1)).ToArray();
        return Tensor<double>.Of(Enumerable.Range(0, n).SelectMany(_ => Normal(d) is var z
            ? Enumerable.Range(0, d).Select(i => 7 + Enumerable.Range(0, d).Sum(k => mixed[k][i] * scales[k] * z[k])) : []), n, d);
    }

    [Theory]
    [InlineData(1, 40, 3)]
    [InlineData(2, 200, 8)]
    [InlineData(3, 300, 40)]
    [InlineData(4, 20, 50)]
    public void No_direction_has_a_larger_variance_and_the_second_none_across_the_first(int seed, int n, int d)
    {
        var random = new Random(seed);
        var points = Drawn(random, n, d);
        var seen = PrincipalComponents.Of(points);
        double[] Along(double[] direction) => [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, d).Sum(k => points.Span[i * d + k] * direction[k]))];
        var (x, y) = (Enumerable.Range(0, n).Select(i => seen.Points.Span[2 * i]).ToArray(), Enumerable.Range(0, n).Select(i => seen.Points.Span[2 * i + 1]).ToArray());
        var all = Enumerable.Range(0, d).Sum(k => Variance(Enumerable.Range(0, n).Select(i => points.Span[i * d + k])));
        Assert.Equal(0, x.Average(), 1e-9);
        Assert.Equal(seen.First, Variance(x) / all, 1e-9);
        Assert.Equal(seen.Second, Variance(y) / all, 1e-9);
        Assert.True(seen.First > seen.Second && seen.Second > 0 && seen.First + seen.Second <= 1 + 1e-12);
        Assert.Equal(0, x.Zip(y, (a, b) => a * b).Average() / all, 1e-9);
        for (var trial = 0; trial < 300; trial++)
        {
            var direction = Enumerable.Range(0, d).Select(_ => random.NextDouble() - 0.5).ToArray();
            var norm = Math.Sqrt(direction.Sum(v => v * v));
            var (along, across) = (Along([.. direction.Select(v => v / norm)]), 0.0);
            Assert.True(Variance(along) / all <= seen.First + 1e-9);
            // What of it the first component does not explain is no more than the second one's.
            var mean = along.Average();
            var slope = along.Zip(x, (a, b) => (a - mean) * b).Average() / Variance(x);
            across = Variance(along.Zip(x, (a, b) => a - slope * b));
            Assert.True(across / all <= seen.Second + 1e-9);
        }
    }

    [Fact]
    public void On_a_line_there_is_no_second_direction()
    {
        var seen = PrincipalComponents.Of(Tensor<double>.Of(Enumerable.Range(0, 9).SelectMany(i => (double[])[3.0 * i, 4.0 * i]), 9, 2));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => 5.0 * (i - 4)), Enumerable.Range(0, 9).Select(i => seen.Points.Span[2 * i]), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal((1, 0), (Math.Round(seen.First, 9), seen.Second));
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(0, seen.Points.Span[2 * i + 1]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(5, 3)]
    public void Points_that_are_all_the_same_lie_in_the_middle(int n, int d)
    {
        var seen = PrincipalComponents.Of(Tensor<double>.Of(Enumerable.Repeat(2.5, n * d), n, d));
        Assert.Equal((0, 0), (seen.First, seen.Second));
        Assert.All(seen.Points.Span.ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void Other_shapes_are_refused() => Assert.Throws<ArgumentException>(() => PrincipalComponents.Of(Tensor<double>.Of([1.0, 2], 2)));
}
