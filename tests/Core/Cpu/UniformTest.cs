using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

public sealed class UniformTest
{
    private static readonly Key Seed = new Key(5).Fold("test");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(100_003)]
    public void Both_precisions_and_any_number_of_threads_give_the_stream(int length)
    {
        var expected = new double[length];
        Philox.Uniform(Seed.Fold(3), expected);
        var (n, step) = (Expr.Variable("n", length), Expr.Variable("step"));
        Computation drawn = new([n, step], [Formulas.Uniform(Seed, n.Shape, step)]);
        foreach (var threads in new[] { 1, 3 })
        {
            var backend = new CpuBackend(threads);
            Assert.Equal(expected, Compiler.Compile<double>(drawn, null, backend).Invoke(Tensor<double>.Of(new double[length], length), Tensor<double>.Scalar(3))[0].Span);
            Assert.Equal(expected.Select(v => (float)v), Compiler.Compile<float>(drawn, null, backend).Invoke(Tensor<float>.Of(new float[length], length), Tensor<float>.Scalar(3))[0].Span.ToArray());
        }
    }

    [Fact]
    public void Moments_are_those_of_the_distributions()
    {
        const int Count = 200_000;
        Expr Moment(Expr x, int power) => Enumerable.Repeat(x, power).Aggregate((a, b) => a * b).Mean();
        var (u, z) = (Formulas.Uniform(Seed, [Count]), Formulas.Normal(Seed, [Count]));
        var coin = ((Expr)0.3).BroadcastTo([Count]).Bernoulli(Seed);
        var found = Compiler.Compile<double>(new([], [Moment(u, 1), Moment(u - 0.5, 2), Moment(z, 1), Moment(z, 2), Moment(z, 3), Moment(z, 4), Moment(coin, 1), Moment(z * (u - 0.5), 1)])).Invoke();
        // Five standard errors of each mean.
        foreach (var (value, (mean, deviation)) in found.Zip([(0.5, 0.29), (1 / 12.0, 0.075), (0, 1), (1, 1.42), (0, 3.9), (3, 9.8), (0.3, 0.46), (0, 0.29)]))
            Assert.InRange(value.Span[0], mean - 5 * deviation / Math.Sqrt(Count), mean + 5 * deviation / Math.Sqrt(Count));
    }

    [Fact]
    public void A_permutation_has_each_number_once_and_another_order_at_another_step()
    {
        var step = Expr.Variable("step");
        var drawn = Compiler.Compile<float>(new([step], [Formulas.Permutation(Seed, 1000, step)]));
        float[] Order(float at) => drawn.Invoke(Tensor<float>.Scalar(at))[0].Span.ToArray();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (float)i), Order(0).Order());
        Assert.NotEqual(Order(0), Order(1));
        Assert.Equal(Order(1), Order(1));
        Assert.InRange(Order(0).Zip(Order(1)).Count(p => p.First == p.Second), 0, 8);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void A_step_is_a_whole_number(double step)
    {
        var variable = Expr.Variable("step");
        var function = Compiler.Compile<double>(new([variable], [Formulas.Uniform(Seed, [4], variable)]));
        var thrown = Assert.Throws<ArgumentException>(() => function.Invoke(Tensor<double>.Scalar(step)));
        Assert.Contains("whole number", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_refuses_a_probability_of_1()
    {
        var x = Expr.Variable("x", 100_000);
        var kept = Compiler.Compile<double>(new([x], [x.Dropout(0.25, Seed).Mean()])).Invoke(Tensor<double>.Of(Enumerable.Repeat(1.0, 100_000), 100_000));
        Assert.InRange(kept[0].Span[0], 0.99, 1.01);
        Assert.Throws<ArgumentException>(() => x.Dropout(1, Seed));
    }
}
