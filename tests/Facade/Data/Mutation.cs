using System.Buffers.Binary;

namespace AutoDiffAE.Tests.Facade.Data;

/// <summary>Damage to the bytes of a file, a function of a seed.</summary>
internal static class Mutation
{
    private static readonly long[] Lengths = [0, 1, 2, 3, 4, 7, 8, 63, 64, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue - 1, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 40, long.MaxValue, -1, long.MinValue];

    private static readonly string[] Words =
        ["0", "-1", "1", "4294967296", "9223372036854775807", "99999999999999999999", "1e9", "0.5", ",", "(", ")", "[", "]", "{", "}", "'", "\"", ":", " ", "          ", "\n", "\0", "\\ud800", "null", "true", "P2", "#"];

    public static byte[] Of(byte[] file, byte[] other, Random random)
    {
        for (var n = 1 + random.Next(2) * random.Next(4); n > 0; n--) file = Once(file, other, random);
        return file;
    }

    private static byte[] Once(byte[] file, byte[] other, Random random)
    {
        if (file.Length == 0) return other;
        var (at, to) = (random.Next(file.Length), random.Next(file.Length));
        if (at > to) (at, to) = (to, at);
        byte[] changed = [.. file];
        switch (random.Next(10))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Next(8));
                return changed;
            case 1:
                changed[at] = (byte)random.Next(256);
                return changed;
            case 2:
                return file[..at];
            case 3:
                return [.. file, .. other[..Math.Min(other.Length, at)]];
            case 4: // A length, in any of the sizes and orders that headers have.
                return Number(changed, at, random);
            case 5:
                return [.. file[..at], .. file[to..]];
            case 6:
                return [.. file[..to], .. file[at..]];
            case 7: // A piece of another file.
                var from = random.Next(other.Length + 1);
                return [.. file[..at], .. other[from..Math.Min(other.Length, from + to - at)], .. file[to..]];
            case 8: // A word among text.
                return [.. file[..at], .. System.Text.Encoding.ASCII.GetBytes(Words[random.Next(Words.Length)]), .. file[Math.Min(file.Length, at + random.Next(3))..]];
            default: // The same byte many times.
                return [.. file[..at], .. Enumerable.Repeat(file[at], random.Next(300)), .. file[at..]];
        }
    }

    private static byte[] Number(byte[] file, int at, Random random)
    {
        var value = Lengths[random.Next(Lengths.Length)] + random.Next(-1, 2) * random.Next(2);
        Span<byte> bytes = stackalloc byte[8];
        var size = 1 << random.Next(4);
        if (random.Next(2) == 0) BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        else BinaryPrimitives.WriteInt64BigEndian(bytes, value << (64 - 8 * size));
        bytes[..Math.Min(size, file.Length - at)].CopyTo(file.AsSpan(at));
        return file;
    }
}
