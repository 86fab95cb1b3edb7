using System.Numerics;
using AutoDiffAE.Data;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Data;

public sealed class ElementTypeTests
{
    private static readonly int[] Lengths = [0, 1, 7, 1023, 1024, 1025, 3001];

    /// <summary>Every kind and size of number, in either order of bytes.</summary>
    public static IEnumerable<object[]> Types =>
        from t in new[] { ('f', 2), ('f', 4), ('f', 8), ('i', 1), ('i', 2), ('i', 4), ('i', 8), ('u', 1), ('u', 2), ('u', 4), ('u', 8), ('b', 1) }
        from big in new[] { false, true }
        select new object[] { t.Item1, t.Item2, big };

    private static double Plain(char kind, ReadOnlySpan<byte> little) => (kind, little.Length) switch
    {
        ('f', 2) => (double)BitConverter.ToHalf(little),
        ('f', 4) => BitConverter.ToSingle(little),
        ('f', 8) => BitConverter.ToDouble(little),
        ('i', 1) => (sbyte)little[0],
        ('i', 2) => BitConverter.ToInt16(little),
        ('i', 4) => BitConverter.ToInt32(little),
        ('i', 8) => BitConverter.ToInt64(little),
        ('u', 2) => BitConverter.ToUInt16(little),
        ('u', 4) => BitConverter.ToUInt32(little),
        ('u', 8) => BitConverter.ToUInt64(little),
        _ => little[0],
    };

    private static byte[] Stored(int bytes)
    {
        var stored = new byte[bytes];
        new Random(1).NextBytes(stored);
        return stored;
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_is_decoded_as_a_plain_loop_does(char kind, int size, bool big)
    {
        foreach (var length in Lengths)
        {
            var (stored, values) = (Stored(length * size), new double[length]);
            new ElementType(kind, size, big).Decode<double>(stored, values);
            for (var i = 0; i < length; i++)
            {
                var element = stored.AsSpan(i * size, size).ToArray();
                if (big == BitConverter.IsLittleEndian) Array.Reverse(element);
                Assert.Equal(Plain(kind, element), values[i]);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_type_decodes_into_itself_and_leaves_what_is_stored(bool big)
    {
        void Holds<T>(Func<T, byte[]> bytes) where T : unmanaged, INumber<T>
        {
            var type = ElementType.Of<T>() with { BigEndian = big };
            var (stored, values) = (Stored(1025 * type.Size), new T[1025]);
            var before = stored.ToArray();
            type.Decode<T>(stored, values);
            Assert.Equal(before, stored);
            Assert.Equal(before, values.SelectMany(v => big == BitConverter.IsLittleEndian ? bytes(v).Reverse() : bytes(v)));
        }
        Holds<short>(BitConverter.GetBytes);
        Holds<uint>(BitConverter.GetBytes);
        Holds<long>(BitConverter.GetBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_value_out_of_range_is_found_wherever_it_is(bool big)
    {
        foreach (var at in new[] { 0, 1023, 1024, 3000 })
        {
            var stored = new byte[3001 * 2];
            stored[2 * at + (big ? 0 : 1)] = 1; // 256
            Assert.Throws<OverflowException>(() => new ElementType('i', 2, big).Decode<byte>(stored, new byte[3001]));
            Assert.Throws<OverflowException>(() => new ElementType('u', 2, big).Decode<sbyte>(stored, new sbyte[3001]));
        }
    }
}
