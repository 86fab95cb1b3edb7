using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>An array as a file holds it; its numbers become a tensor of the type asked for when they are asked for.</summary>
public sealed class StoredArray
{
    private const int MostShown = 16;

    private readonly string _source;
    private readonly Tensor<byte> _bytes;

    private StoredArray(string source, ElementType type, ImmutableArray<int> sizes, bool columnMajor, Tensor<byte> bytes) =>
        (_source, Type, Sizes, ColumnMajor, _bytes) = (source, type, sizes, columnMajor, bytes);

    public ElementType Type { get; }

    public ImmutableArray<int> Sizes { get; }

    internal ReadOnlySpan<byte> Data => _bytes.Span;

    internal bool ColumnMajor { get; }

    /// <summary>A tensor ready to be written.</summary>
    public static StoredArray Of<T>(Tensor<T> tensor) where T : unmanaged, INumber<T> =>
        new("array", ElementType.Of<T>(), [.. tensor.Sizes], false, Owned(MemoryMarshal.AsBytes(tensor.Span)));

    /// <summary>Text as an array of its UTF-8 bytes, of type uint8 and shape (bytes).</summary>
    public static StoredArray OfText(string text)
    {
        var bytes = Owned(Encoding.UTF8.GetBytes(text));
        return new("text", ElementType.Of<byte>(), [bytes.Length], false, bytes);
    }

    /// <summary>The data found in a file behind its header.</summary>
    /// <exception cref="DataException">The bytes are not as many as the shape and type make.</exception>
    internal static StoredArray Of(string source, ElementType type, ImmutableArray<int> sizes, bool columnMajor, Func<long, (Tensor<byte> Bytes, long Found)> data)
    {
        // A size of zero counts as one here: no prefix of the sizes may overflow either.
        if (sizes.Aggregate(BigInteger.One, (n, s) => n * Math.Max(1, s)) > int.MaxValue)
            throw new DataException($"{source}: the shape {Shown(sizes)} is larger than a tensor can be, {int.MaxValue} elements");
        var expected = sizes.Aggregate((long)type.Size, (n, s) => n * s);
        var (bytes, found) = data(expected);
        return found == expected
            ? new(source, type, sizes, columnMajor, bytes)
            : throw new DataException($"{source}: {found} bytes of data found, {expected} expected for {type.Name} of shape {Shown(sizes)}: "
                + (found < expected ? "the file is cut short" : "there is more than the array in it"));
    }

    /// <summary>The same for data in memory, which is copied.</summary>
    /// <exception cref="DataException">The bytes are not as many as the shape and type make.</exception>
    internal static StoredArray Of(string source, ElementType type, ImmutableArray<int> sizes, bool columnMajor, ReadOnlyMemory<byte> data) =>
        Of(source, type, sizes, columnMajor, _ => (Owned(data.Span), data.Length));

    /// <summary>The same array, called otherwise in messages.</summary>
    internal StoredArray From(string source) => new(source, Type, Sizes, ColumnMajor, _bytes);

    /// <summary>The same array with its elements little-endian and in row-major order.</summary>
    internal StoredArray Plain() => !Scattered && (!Type.BigEndian || Type.Size == 1) ? this : (Type.Kind, Type.Size) switch
    {
        ('f', 2) => Plain<Half>(),
        ('f', 4) => Plain<float>(),
        ('f', _) => Plain<double>(),
        ('i', 1) => Plain<sbyte>(),
        ('i', 2) => Plain<short>(),
        ('i', 4) => Plain<int>(),
        ('i', _) => Plain<long>(),
        (_, 2) => Plain<ushort>(),
        (_, 4) => Plain<uint>(),
        (_, 8) => Plain<ulong>(),
        _ => Plain<byte>(),
    };

    private StoredArray Plain<T>() where T : unmanaged, INumber<T> =>
        new(_source, Type with { BigEndian = false }, Sizes, false, Owned(MemoryMarshal.AsBytes(As<T>().Span)));

    /// <summary>The values in row-major order: rounded where T is floating, exact where it is an integer.</summary>
    /// <exception cref="DataException">T is an integer, and the stored values are floating or outside its range.</exception>
    public Tensor<T> As<T>() where T : unmanaged, INumber<T>
    {
        // Both are immutable, so they may share the memory.
        if (_bytes is Tensor<T> values && Type is { Kind: 'u' or 'b', Size: 1 } && !Scattered) return values.Reshape(Sizes.AsSpan());
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
        ? Encoding.UTF8.GetString(Data)
        : throw new DataException($"{_source}: holds {Type.Name} of shape {Shown(Sizes)}, text was expected (uint8 of rank 1)");

    /// <summary>A shape as Python writes it: (), (5,), (2, 3).</summary>
    internal static string Tuple(ImmutableArray<int> sizes) => sizes.Length == 1 ? $"({sizes[0]},)" : $"({string.Join(", ", sizes)})";

    /// <summary>The same for a message: a damaged header may name thousands of axes.</summary>
    internal static string Shown(ImmutableArray<int> sizes) => sizes.Length <= MostShown ? Tuple(sizes) : $"({string.Join(", ", sizes[..MostShown])}, ... {sizes.Length} axes)";

    /// <summary>Whether the order of the values is another than a tensor's.</summary>
    private bool Scattered => ColumnMajor && Sizes.Length > 1;

    private static Tensor<byte> Owned(ReadOnlySpan<byte> bytes) => Tensor<byte>.Of(bytes, bytes.Length);

    private void Fill<T>(Span<T> values) where T : unmanaged, INumber<T>
    {
        if (!Scattered)
        {
            Type.Decode(Data, values);
            return;
        }
        var columns = new T[values.Length];
        Type.Decode(Data, columns.AsSpan());
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
