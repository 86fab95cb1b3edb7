using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Initializers;

public class InitTests
{
    private static double[] Draw(Initializer initializer, Shape shape, ulong key = 1) => initializer(new Key(key), shape).Span.ToArray();

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(v => v * v));

    [Fact]
    public void Fans_of_filters_count_their_taps()
    {
        Assert.Equal(new Fans(49, 32 * 49), Fans.Of([32, 1, 7, 7]));
        Assert.Equal(new Fans(3872, 40), Fans.Of([3872, 40]));
        Assert.Contains("no fan-in", Assert.Throws<ShapeException>(() => Fans.Of([5])).Message);
    }

    [Fact]
    public void Glorot_uniform_fills_its_range_and_stays_in_it()
    {
        var range = Math.Sqrt(6.0 / (49 + 32 * 49));
        var values = Draw(Init.GlorotUniform(), [32, 1, 7, 7]);
        Assert.All(values, v => Assert.InRange(v, -range, range));
        Assert.InRange(values.Max(), 0.99 * range, range);
        Assert.InRange(values.Min(), -range, -0.99 * range);
        Assert.InRange(Deviation(values), 0.95 * range / Math.Sqrt(3), 1.05 * range / Math.Sqrt(3));
    }

    [Fact]
    public void Deviations_are_those_of_the_formulas()
    {
        Shape shape = [200, 100];
        void Near(double wanted, Initializer initializer) => Assert.InRange(Deviation(Draw(initializer, shape)), 0.97 * wanted, 1.03 * wanted);
        Near(Math.Sqrt(2.0 / 300), Init.GlorotNormal());
        Near(Math.Sqrt(2.0 / 300), Init.GlorotUniform());
        Near(Math.Sqrt(1.0 / 200), Init.HeNormal());
        Near(Math.Sqrt(2.0 / 200), Init.HeUniform(Math.Sqrt(2)));
        Near(0.1, Init.Normal(0.1));
    }

    [Fact]
    public void Draws_are_functions_of_the_key()
    {
        Assert.Equal(Draw(Init.Normal(1), [50]), Draw(Init.Normal(1), [50]));
        Assert.NotEqual(Draw(Init.Normal(1), [50]), Draw(Init.Normal(1), [50], key: 2));
        Assert.Equal([3, 3], Draw(Init.Constant(3), [2]));
    }

    /// <summary>Mean, deviation and the fourth moment: 3 of a normal distribution, 9/5 of a uniform one, in units of the deviation.</summary>
    [Fact]
    public void Moments_are_those_of_the_distributions()
    {
        void Has(double mean, double deviation, double kurtosis, Initializer initializer)
        {
            var values = Draw(initializer, [400, 500]);
            Assert.InRange(values.Average(), mean - 0.01 * deviation, mean + 0.01 * deviation);
            Assert.InRange(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), 0.99 * deviation, 1.01 * deviation);
            Assert.InRange(values.Average(v => Math.Pow((v - mean) / deviation, 4)), 0.97 * kurtosis, 1.03 * kurtosis);
        }
        Has(0, 0.01, 3, Init.Normal());
        Has(2, 0.5, 3, Init.Normal(0.5, 2));
        Has(0, 0.01 / Math.Sqrt(3), 1.8, Init.Uniform());
        Has(3, 1 / Math.Sqrt(3), 1.8, Init.Uniform(2, 4));
        Has(0, Math.Sqrt(2 / 900.0), 1.8, Init.GlorotUniform());
        Has(0, Math.Sqrt(2) / Math.Sqrt(400), 3, Init.HeNormal(Gain.Of("relu")));
        Has(0, 1 / Math.Sqrt(500), 3, Init.Orthogonal());
    }

    /// <summary>Of weights (in, out) as they are, of filters (out, in, …) as (out, in · taps).</summary>
    [Theory]
    [InlineData(40, 40, 1)]
    [InlineData(13, 70, 1)]
    [InlineData(70, 13, 1)]
    [InlineData(1, 9, 1)]
    [InlineData(6, 3, 5)]
    [InlineData(300, 3, 5)]
    public void Orthogonal_weights_are_to_twelve_digits(int first, int second, int taps)
    {
        const double GainUsed = 1.5;
        var shape = taps == 1 ? Shape.Of(first, second) : Shape.Of(first, second, taps, taps);
        var (q, columns) = (Draw(Init.Orthogonal(GainUsed), shape), second * taps * taps);
        var (vectors, length) = first <= columns ? (first, columns) : (columns, first);
        double At(int vector, int i) => first <= columns ? q[vector * columns + i] : q[i * columns + vector];
        for (var a = 0; a < vectors; a++)
            for (var b = 0; b <= a; b++)
                Assert.Equal(a == b ? GainUsed * GainUsed : 0, Enumerable.Range(0, length).Sum(i => At(a, i) * At(b, i)), 1e-12);
    }

    /// <summary>Of rotations of the plane drawn by many keys the first vector points everywhere alike, and half are reflections.</summary>
    [Fact]
    public void Orthogonal_weights_have_no_favourite_direction()
    {
        var draws = Enumerable.Range(0, 4000).Select(key => Draw(Init.Orthogonal(), [2, 2], (ulong)key)).ToList();
        var quarters = draws.CountBy(q => (q[0] > 0, q[1] > 0)).ToList();
        Assert.Equal(4, quarters.Count);
        Assert.All(quarters, n => Assert.InRange(n.Value, 900, 1100));
        Assert.InRange(draws.Count(q => q[0] * q[3] - q[1] * q[2] > 0), 1850, 2150);
        Assert.InRange(draws.Average(q => q[0] * q[0]), 0.48, 0.52);
        Assert.InRange(draws.Average(q => Math.Pow(q[0], 4)), 0.36, 0.39);
    }

    [Fact]
    public void Sparse_weights_have_as_many_in_each_column()
    {
        var values = Draw(Init.Sparse(0.29, 0.5), [100, 40]);
        int[][] places = [.. Enumerable.Range(0, 40).Select(c => Enumerable.Range(0, 100).Where(r => values[r * 40 + c] != 0).ToArray())];
        Assert.All(places, p => Assert.Equal(29, p.Length));
        Assert.True(places.Select(p => string.Join(' ', p)).Distinct().Count() == 40);
        Assert.InRange(Deviation([.. values.Where(v => v != 0)]), 0.46, 0.54);
        Assert.All(Draw(Init.Sparse(0), [10, 10]), v => Assert.Equal(0, v));
    }

    [Fact]
    public void Shapes_and_shares_that_cannot_be_are_refused()
    {
        Assert.Contains("cannot be orthogonal", Assert.Throws<ShapeException>(() => Draw(Init.Orthogonal(), [5])).Message);
        Assert.Contains("cannot be sparse", Assert.Throws<ShapeException>(() => Draw(Init.Sparse(), [2, 3, 5])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Init.Sparse(1.1));
    }
}
