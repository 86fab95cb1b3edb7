namespace AutoDiffAE.Data;

/// <summary>The cyclic redundancy check that PNG and ZIP share (ISO 3309): polynomial edb88320, reflected.</summary>
internal static class Crc32
{
    private static readonly uint[] Table =
    [
        .. Enumerable.Range(0, 256).Select(n =>
            Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xedb88320 ^ (c >> 1) : c >> 1)),
    ];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }
}
