using AutoDiffAE.Data;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class UniformStreamTests
{
    // Known answers of Random123 (kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Gives_the_known_answers(uint a, uint b, uint c, uint d, uint low, uint high, uint w, uint x, uint y, uint z) =>
        Assert.Equal((w, x, y, z), UniformStream.Philox((a, b, c, d), low | (ulong)high << 32));

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
