using System.Numerics;
using System.Runtime.InteropServices;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace AutoDiffAE.Data;

/// <summary>How a file stores one number, in NumPy's letters: 'f' floating, 'i' signed, 'u' unsigned, 'b' boolean.</summary>
/// <param name="Size">Bytes of one element.</param>
public readonly record struct ElementType(char Kind, int Size, bool BigEndian)
{
    /// <summary>Whether its values can be read: f2 f4 f8, i1 i2 i4 i8, u1 u2 u4 u8, b1.</summary>
    public bool IsKnown => Kind switch
    {
        'f' => Size is 2 or 4 or 8,
        'i' or 'u' => Size is 1 or 2 or 4 or 8,
        'b' => Size is 1,
        _ => false,
    };

    /// <summary>NumPy's name, as in float32 or uint8.</summary>
    public string Name => Kind switch { 'f' => $"float{8 * Size}", 'i' => $"int{8 * Size}", 'u' => $"uint{8 * Size}", _ => "bool" };

    /// <summary>NumPy's code, as in &lt;f4 or |u1.</summary>
    public string Code => $"{(Size == 1 ? '|' : BigEndian ? '>' : '<')}{Kind}{Size}";

    /// <summary>The type of a tensor's elements as they lie in memory.</summary>
    /// <exception cref="ArgumentException">A number type without a counterpart in files, such as decimal.</exception>
    public static ElementType Of<T>() where T : unmanaged, INumber<T>
    {
        var kind =
            typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half) ? 'f'
            : typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) || typeof(T) == typeof(int) || typeof(T) == typeof(long) ? 'i'
            : typeof(T) == typeof(byte) || typeof(T) == typeof(ushort) || typeof(T) == typeof(uint) || typeof(T) == typeof(ulong) ? 'u'
            : throw new ArgumentException($"{typeof(T).Name} cannot be stored in an array file");
        return new(kind, Marshal.SizeOf<T>(), !BitConverter.IsLittleEndian);
    }

    /// <summary>Stored bytes as numbers: rounded where T is floating, exact where it is an integer.</summary>
    /// <exception cref="OverflowException">A stored integer is outside the range of T.</exception>
    internal void Decode<T>(ReadOnlySpan<byte> bytes, Span<T> values) where T : unmanaged, INumber<T>
    {
        switch (Kind, Size)
        {
            case ('f', 2): Convert<Half, T>(bytes, values); break;
            case ('f', 4): Convert<float, T>(bytes, values); break;
            case ('f', 8): Convert<double, T>(bytes, values); break;
            case ('i', 1): Convert<sbyte, T>(bytes, values); break;
            case ('i', 2): Convert<short, T>(bytes, values); break;
            case ('i', 4): Convert<int, T>(bytes, values); break;
            case ('i', 8): Convert<long, T>(bytes, values); break;
            case ('u', 2): Convert<ushort, T>(bytes, values); break;
            case ('u', 4): Convert<uint, T>(bytes, values); break;
            case ('u', 8): Convert<ulong, T>(bytes, values); break;
            default: Convert<byte, T>(bytes, values); break;
        }
    }

    private void Convert<U, T>(ReadOnlySpan<byte> bytes, Span<T> values) where U : unmanaged, INumber<U> where T : unmanaged, INumber<T>
    {
        var stored = new U[values.Length];
        var raw = MemoryMarshal.AsBytes(stored.AsSpan());
        bytes.CopyTo(raw);
        if (Size > 1 && BigEndian == BitConverter.IsLittleEndian)
            for (var i = 0; i < raw.Length; i += Size) raw.Slice(i, Size).Reverse();
        TensorPrimitives.ConvertChecked<U, T>(stored, values);
    }
}
