using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>An array as a file holds it; its numbers become a tensor of the type asked for when they are asked for.</summary>
public sealed class StoredArray
{
    private readonly string _source;
    private readonly bool _columnMajor;

    private StoredArray(string source, ElementType type, ImmutableArray<int> sizes, bool columnMajor, ReadOnlyMemory<byte> data) =>
        (_source, Type, Sizes, _columnMajor, Data) = (source, type, sizes, columnMajor, data);

    public ElementType Type { get; }

    public ImmutableArray<int> Sizes { get; }

    internal ReadOnlyMemory<byte> Data { get; }

    internal bool ColumnMajor => _columnMajor;

    /// <summary>A tensor ready to be written.</summary>
    public static StoredArray Of<T>(Tensor<T> tensor) where T : unmanaged, INumber<T> =>
        new("array", ElementType.Of<T>(), [.. tensor.Sizes], false, MemoryMarshal.AsBytes(tensor.Span).ToArray());

    /// <summary>Text as an array of its UTF-8 bytes, of type uint8 and shape (bytes).</summary>
    public static StoredArray OfText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new("text", ElementType.Of<byte>(), [bytes.Length], false, bytes);
    }

    /// <summary>The data found in a file behind its header.</summary>
    /// <exception cref="DataException">The bytes are not as many as the shape and type make.</exception>
    internal static StoredArray Of(string source, ElementType type, ImmutableArray<int> sizes, bool columnMajor, ReadOnlyMemory<byte> data)
    {
        // A size of zero counts as one here: no prefix of the sizes may overflow either.
        if (sizes.Aggregate(BigInteger.One, (n, s) => n * Math.Max(1, s)) > int.MaxValue)
            throw new DataException($"{source}: the shape {Tuple(sizes)} is larger than a tensor can be, {int.MaxValue} elements");
        var expected = sizes.Aggregate((long)type.Size, (n, s) => n * s);
        return data.Length == expected
            ? new(source, type, sizes, columnMajor, data)
            : throw new DataException($"{source}: {data.Length} bytes of data found, {expected} expected for {type.Name} of shape {Tuple(sizes)}: "
                + (data.Length < expected ? "the file is cut short" : "there is more than the array in it"));
    }

    /// <summary>The values in row-major order: rounded where T is floating, exact where it is an integer.</summary>
    /// <exception cref="DataException">T is an integer, and the stored values are floating or outside its range.</exception>
    public Tensor<T> As<T>() where T : unmanaged, INumber<T>
    {
        if (Type.Kind == 'f' && ElementType.Of<T>().Kind != 'f')
            throw new DataException($"{_source}: holds {Type.Name} values, {typeof(T).Name} values were expected");
        try
        {
            return Tensor<T>.Build(Sizes.AsSpan(), Fill);
        }
        catch (OverflowException e)
        {
            throw new DataException($"{_source}: holds {Type.Name} values outside the range of {typeof(T).Name}", e);
        }
    }

    /// <summary>The text that <see cref="OfText"/> stored.</summary>
    /// <exception cref="DataException">It is not a uint8 array of rank 1.</exception>
    public string AsText() => Type is { Kind: 'u', Size: 1 } && Sizes.Length == 1
        ? Encoding.UTF8.GetString(Data.Span)
        : throw new DataException($"{_source}: holds {Type.Name} of shape {Tuple(Sizes)}, text was expected (uint8 of rank 1)");

    /// <summary>A shape as Python writes it: (), (5,), (2, 3).</summary>
    internal static string Tuple(ImmutableArray<int> sizes) => sizes.Length == 1 ? $"({sizes[0]},)" : $"({string.Join(", ", sizes)})";

    private void Fill<T>(Span<T> values) where T : unmanaged, INumber<T>
    {
        if (!_columnMajor || Sizes.Length < 2)
        {
            Type.Decode(Data.Span, values);
            return;
        }
        var columns = new T[values.Length];
        Type.Decode(Data.Span, columns.AsSpan());
        var index = new int[Sizes.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var from = 0;
            for (var axis = index.Length - 1; axis >= 0; axis--) from = from * Sizes[axis] + index[axis];
            values[i] = columns[from];
            for (var axis = index.Length - 1; axis >= 0 && ++index[axis] == Sizes[axis]; axis--) index[axis] = 0;
        }
    }
}
