using System.Collections.Immutable;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>Numbers start, start + 1, … of an array in row-major order: as many as there is room for.</summary>
public delegate void Reading(long start, Span<float> values);

/// <summary>
/// Examples along a first axis, whose numbers are made as they are read: a part of them, or other units, is a view and takes no
/// memory, and bytes stay bytes until a batch asks for them. Reading is a pure function and may be done by several threads.
/// </summary>
public sealed class Examples
{
    private readonly Reading _read;

    private Examples(ImmutableArray<int> sizes, Reading read) =>
        (Sizes, Each, _read) = (sizes, sizes.Skip(1).Aggregate(1, (n, s) => checked(n * s)), read);

    /// <summary>(n, …)</summary>
    public ImmutableArray<int> Sizes { get; }

    public Shape Shape => Shape.Of(Sizes);

    /// <summary>n</summary>
    public int Count => Sizes[0];

    /// <summary>How many numbers all examples have.</summary>
    public long Length => (long)Count * Each;

    /// <summary>How many numbers one example has.</summary>
    public int Each { get; }

    /// <exception cref="ArgumentException">A scalar has no first axis.</exception>
    public static Examples Of(Tensor<float> values) =>
        new(SizesOf(values), (start, target) => values.Span.Slice((int)start, target.Length).CopyTo(target));

    /// <exception cref="ArgumentException">A scalar has no first axis.</exception>
    public static Examples Of(Tensor<byte> values) =>
        new(SizesOf(values), (start, target) => Sweeps.Convert(values.Span.Slice((int)start, target.Length), target));

    /// <summary>Examples that lie elsewhere.</summary>
    /// <param name="sizes">(n, …)</param>
    internal static Examples Of(ImmutableArray<int> sizes, Reading read) => new(sizes, read);

    public static implicit operator Examples(Tensor<float> values) => Of(values);

    /// <summary>Numbers <paramref name="start"/> and on, in row-major order, as many as there is room for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public void Read(long start, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, Length - start, nameof(values));
        _read(start, values);
    }

    /// <summary>Examples <paramref name="start"/> up to <paramref name="end"/>, as a view.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no such examples.</exception>
    public Examples Rows(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, end);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, Count);
        var before = (long)start * Each;
        return new([end - start, .. Sizes[1..]], (at, values) => _read(before + at, values));
    }

    /// <summary>The same examples, each number changed after it is read, by a function of it alone.</summary>
    internal Examples Changed(Action<Span<float>> change) => new(Sizes, (start, values) =>
    {
        _read(start, values);
        change(values);
    });

    /// <summary>All numbers at once.</summary>
    public Tensor<float> ToTensor() => Tensor<float>.Build(Sizes.AsSpan(), values => _read(0, values));

    private static ImmutableArray<int> SizesOf<T>(Tensor<T> values) where T : unmanaged, System.Numerics.INumber<T> => values.Rank > 0
        ? [.. values.Sizes]
        : throw new ArgumentException("a scalar found, examples along a first axis expected", nameof(values));
}
