using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Tensors;

/// <summary>An immutable, row-major array of any rank. Made from, and viewed as, the tensors of System.Numerics.Tensors.</summary>
public sealed class Tensor<T> where T : unmanaged, INumber<T>
{
    private readonly T[] _values;
    private readonly int[] _sizes;

    private Tensor(T[] values, int[] sizes) => (_values, _sizes) = (values, sizes);

    /// <summary>A tensor over values that nobody else holds: the array is owned from here on.</summary>
    /// <exception cref="ShapeException">The number of values is not the product of the sizes.</exception>
    internal static Tensor<T> Own(T[] values, params int[] sizes) =>
        sizes.Any(s => s < 0) || values.Length != Count(sizes)
            ? throw new ShapeException($"{values.Length} values do not fill the shape ({string.Join(", ", sizes)})")
            : new(values, sizes);

    /// <summary>A tensor of copied values in row-major order.</summary>
    /// <exception cref="ShapeException">The number of values is not the product of the sizes.</exception>
    public static Tensor<T> Of(ReadOnlySpan<T> values, params ReadOnlySpan<int> sizes) => Own(values.ToArray(), sizes.ToArray());

    public static Tensor<T> Of(IEnumerable<T> values, params ReadOnlySpan<int> sizes) => Own(values.ToArray(), sizes.ToArray());

    public static Tensor<T> Scalar(T value) => new([value], []);

    public static Tensor<T> Full(T value, params ReadOnlySpan<int> sizes)
    {
        var values = new T[Count(sizes)];
        Array.Fill(values, value);
        return new(values, sizes.ToArray());
    }

    /// <summary>Fills a new tensor through a span, once.</summary>
    public static Tensor<T> Build(ReadOnlySpan<int> sizes, Action<Span<T>> fill)
    {
        var values = new T[Count(sizes)];
        fill(values);
        return new(values, sizes.ToArray());
    }

    public static Tensor<T> From(in ReadOnlyTensorSpan<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        var sizes = new int[tensor.Rank];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = checked((int)tensor.Lengths[i]);
        return new(values, sizes);
    }

    /// <summary>The same memory, seen as a tensor span of System.Numerics.Tensors.</summary>
    public ReadOnlyTensorSpan<T> AsTensorSpan() => new(_values, [.. _sizes.Select(s => (nint)s)]);

    /// <summary>The values in row-major order.</summary>
    public ReadOnlySpan<T> Span => _values;

    public ReadOnlySpan<int> Sizes => _sizes;

    public Shape Shape => Shape.Of(_sizes);

    public int Rank => _sizes.Length;

    public int Length => _values.Length;

    public T this[params ReadOnlySpan<int> index]
    {
        get
        {
            if (index.Length != Rank) throw new ArgumentException($"{index.Length} indices for the shape {Shape}");
            var flat = 0;
            for (var i = 0; i < index.Length; i++)
            {
                if ((uint)index[i] >= (uint)_sizes[i]) throw new ArgumentOutOfRangeException(nameof(index), $"index {index[i]} of axis {i} in the shape {Shape}");
                flat = flat * _sizes[i] + index[i];
            }
            return _values[flat];
        }
    }

    /// <summary>The only value of a tensor with one element.</summary>
    public T Value => _values.Length == 1 ? _values[0] : throw new InvalidOperationException($"the shape {Shape} has {Length} elements, not one");

    /// <summary>The same values in another shape, without a copy.</summary>
    /// <exception cref="ShapeException">The sizes hold another number of values.</exception>
    public Tensor<T> Reshape(params ReadOnlySpan<int> sizes) => Own(_values, sizes.ToArray());

    /// <summary>Elements <paramref name="start"/> up to <paramref name="end"/> of the first axis, copied.</summary>
    public Tensor<T> Rows(int start, int end)
    {
        var row = _sizes[0] == 0 ? 0 : Length / _sizes[0];
        return new(_values[(start * row)..(end * row)], [end - start, .. _sizes[1..]]);
    }

    /// <summary>The same values rounded to another precision.</summary>
    public Tensor<U> Cast<U>() where U : unmanaged, INumber<U>
    {
        if (this is Tensor<U> same) return same;
        var values = new U[Length];
        TensorPrimitives.ConvertTruncating<T, U>(_values, values);
        return new(values, _sizes);
    }

    public override string ToString() => $"Tensor<{typeof(T).Name}>{Shape}";

    private static int Count(ReadOnlySpan<int> sizes)
    {
        var count = 1;
        foreach (var size in sizes) count = checked(count * size);
        return count;
    }
}
