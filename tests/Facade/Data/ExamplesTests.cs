using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class ExamplesTests
{
    private static readonly Tensor<byte> Bytes = Tensor<byte>.Of(Enumerable.Range(0, 37 * 11).Select(i => (byte)(i * 7)), 37, 1, 11);

    private static float[] Plain(int start, int end) => [.. Bytes.Span[start..end].ToArray().Select(b => (float)b)];

    private static float[] Read(Examples examples, int start, int length)
    {
        var values = Enumerable.Repeat(float.NaN, length).ToArray();
        examples.Read(start, values);
        return values;
    }

    [Fact]
    public void Any_part_of_bytes_reads_as_numbers()
    {
        var examples = Examples.Of(Bytes);
        Assert.Equal((37, 11, 37 * 11), (examples.Count, examples.Each, examples.Length));
        foreach (var start in new[] { 0, 1, 11, 30 })
            foreach (var length in Enumerable.Range(0, 36).Append(37 * 11 - start))
                Assert.Equal(Plain(start, start + length), Read(examples, start, length));
    }

    [Fact]
    public void Bytes_and_numbers_are_the_same_examples()
    {
        Examples numbers = Bytes.Cast<float>();
        Assert.Equal(numbers.Sizes.ToArray(), Examples.Of(Bytes).Sizes.ToArray());
        Assert.Equal(numbers.ToTensor().Span.ToArray(), Examples.Of(Bytes).ToTensor().Span.ToArray());
        Assert.Equal(Read(numbers, 5, 100), Read(Examples.Of(Bytes), 5, 100));
    }

    [Fact]
    public void Rows_are_views_and_rows_of_rows_too()
    {
        var rows = Examples.Of(Bytes).Rows(4, 30).Rows(1, 8);
        Assert.Equal([7, 1, 11], rows.Sizes.ToArray());
        Assert.Equal(Plain(5 * 11, 12 * 11), rows.ToTensor().Span.ToArray());
        Assert.Equal(Plain(6 * 11, 7 * 11), Read(rows, 11, 11));
        Assert.Empty(Examples.Of(Bytes).Rows(37, 37).ToTensor().Span.ToArray());
    }

    [Fact]
    public void Nothing_beyond_the_examples_is_read()
    {
        var rows = Examples.Of(Bytes).Rows(4, 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(rows, 0, 23));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(rows, 12, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(rows, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Rows(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Rows(2, 1));
        Assert.Throws<ArgumentException>(() => Examples.Of(Tensor<byte>.Scalar(1)));
    }

    [Fact]
    public void Standardised_as_they_are_read_they_have_the_bits_of_a_plain_loop()
    {
        var standardization = new Standardization(33.38464448341837, 78.65320533556714);
        var (scale, offset) = (1 / standardization.Deviation, -standardization.Mean / standardization.Deviation);
        var expected = Plain(0, Bytes.Length).Select(x => (float)(x * scale + offset)).ToArray();
        Assert.Equal(expected, standardization.Apply(Bytes.Cast<float>()).Span.ToArray());
        foreach (var length in Enumerable.Range(0, 20).Append(Bytes.Length - 3))
            Assert.Equal(expected[3..(3 + length)], Read(standardization.Apply(Examples.Of(Bytes)), 3, length));
    }
}
