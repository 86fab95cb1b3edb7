using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Tensors;

public class PhiloxTest
{
    /// <summary>The known answers published with Random123.</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0a4093822UL, 0x0370734413198a2eUL, 0x85a308d3243f6a88UL, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void KnownAnswers(ulong key, ulong high, ulong low, uint a, uint b, uint c, uint d) =>
        Assert.Equal((a, b, c, d), Philox.Block(key, high, low));

    [Fact]
    public void UniformsAreTheSameInPartsAndInBothPrecisions()
    {
        var key = new Key(42).Fold("weights").Fold(3);
        var (whole, doubles) = (new float[1000], new double[1000]);
        Philox.Uniform(key, whole);
        Philox.Uniform(key, doubles);
        Assert.True(whole.Select(x => (double)x).SequenceEqual(doubles));
        Assert.All(whole, x => Assert.InRange(x, 0f, 1 - 1f / (1 << 24)));
        foreach (var (start, length) in new[] { (0, 1), (1, 2), (3, 7), (5, 300), (998, 2), (129, 64) })
        {
            var (part, partDoubles) = (new float[length], new double[length]);
            Philox.Uniform(key, part, (ulong)start);
            Philox.Uniform(key, partDoubles, (ulong)start);
            Assert.True(whole.AsSpan(start, length).SequenceEqual(part));
            Assert.True(doubles.AsSpan(start, length).SequenceEqual(partDoubles));
        }
    }

    [Fact]
    public void UniformsAreSpreadEvenly()
    {
        var values = new double[100_000];
        Philox.Uniform(new(7), values);
        Assert.InRange(values.Average(), 0.497, 0.503);
        Assert.InRange(values.Average(x => x * x), 1 / 3.0 - 0.003, 1 / 3.0 + 0.003);
    }

    [Fact]
    public void NormalsHaveTheirMomentsAndParts()
    {
        var (values, floats, part) = (new double[200_000], new float[200_000], new double[101]);
        Philox.Normal(new(7), values);
        Philox.Normal(new(7), floats);
        Philox.Normal(new(7), part, 333);
        Assert.True(values.AsSpan(333, 101).SequenceEqual(part));
        Assert.True(values.Select(x => (float)x).SequenceEqual(floats));
        Assert.InRange(values.Average(), -0.01, 0.01);
        Assert.InRange(values.Average(x => x * x), 0.98, 1.02);
        Assert.InRange(values.Average(x => x * x * x * x), 2.9, 3.1);
        Assert.InRange(values.Zip(values.Skip(1), (x, y) => x * y).Average(), -0.01, 0.01);
    }

    [Fact]
    public void PermutationsAreFair()
    {
        var counts = new Dictionary<string, int>();
        for (var i = 0UL; i < 24_000; i++)
        {
            var text = string.Join(" ", Philox.Permutation(new Key(1).Fold(i), 4));
            counts[text] = counts.GetValueOrDefault(text) + 1;
        }
        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, c => Assert.InRange(c, 850, 1150));
        Assert.Equal(Enumerable.Range(0, 1000), Philox.Permutation(new(5), 1000).Order());
        Assert.Empty(Philox.Permutation(new(5), 0));
    }

    [Fact]
    public void FoldedKeysDiffer()
    {
        var key = new Key(9);
        Assert.Equal(key.Fold("a"), key.Fold("a"));
        Assert.Equal(5, new HashSet<Key> { key, key.Fold("a"), key.Fold("b"), key.Fold(0), key.Fold(1) }.Count);
        Assert.NotEqual(key.Fold("a").Fold("b"), key.Fold("b").Fold("a"));
    }
}
