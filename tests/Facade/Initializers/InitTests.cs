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
}
