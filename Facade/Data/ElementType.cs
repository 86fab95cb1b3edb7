using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace AutoDiffAE.Data;

/// <summary>How a file stores one number, in NumPy's letters: 'f' floating, 'i' signed, 'u' unsigned, 'b' boolean.</summary>
/// <param name="Size">Bytes of one element.</param>
public readonly record struct ElementType(char Kind, int Size, bool BigEndian)
{
    private const int Block = 1024;

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
        var stored = MemoryMarshal.Cast<byte, U>(bytes);
        if (Size == 1 || BigEndian != BitConverter.IsLittleEndian)
        {
            TensorPrimitives.ConvertChecked<U, T>(stored, values);
            return;
        }
        Span<U> block = stackalloc U[Math.Min(Block, stored.Length)];
        for (var start = 0; start < stored.Length; start += Block)
        {
            var part = stored.Slice(start, Math.Min(Block, stored.Length - start));
            Turn(MemoryMarshal.AsBytes(part), MemoryMarshal.AsBytes(block));
            TensorPrimitives.ConvertChecked<U, T>(block[..part.Length], values[start..]);
        }
    }

    /// <summary>The bytes of each element in the other order.</summary>
    private void Turn(ReadOnlySpan<byte> bytes, Span<byte> turned)
    {
        switch (Size)
        {
            case 2: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(bytes), MemoryMarshal.Cast<byte, ushort>(turned)); break;
            case 4: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(bytes), MemoryMarshal.Cast<byte, uint>(turned)); break;
            default: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(bytes), MemoryMarshal.Cast<byte, ulong>(turned)); break;
        }
    }
}
