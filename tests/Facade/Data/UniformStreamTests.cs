using AutoDiffAE.Data;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class UniformStreamTests
{
    [Fact]
    public void Streams_differ_by_seed_and_by_image_and_repeat()
    {
        static double[] First(ulong seed, ulong image)
        {
            var next = UniformStream.Of(seed)(image);
            return [.. Enumerable.Range(0, 9).Select(_ => next())];
        }
        Assert.Equal(First(1, 2), First(1, 2));
        Assert.Equal(4 * 9, new[] { First(1, 2), First(1, 3), First(2, 2), First(1, 2 + (1UL << 32)) }.SelectMany(s => s).Distinct().Count());
    }

    [Fact]
    public void Are_uniform()
    {
        var next = UniformStream.Of(3)(0);
        var values = Enumerable.Range(0, 20000).Select(_ => next()).ToArray();
        Assert.All(values, v => Assert.InRange(v, 0, 1 - 1.0 / (1 << 24)));
        Assert.Equal(0.5, values.Average(), 0.01);
        Assert.Equal(1 / 12.0, values.Average(v => (v - 0.5) * (v - 0.5)), 0.005);
    }
}
