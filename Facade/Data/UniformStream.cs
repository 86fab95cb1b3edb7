namespace AutoDiffAE.Data;

/// <summary>Streams of uniform numbers in [0, 1) with 24 bits, by Philox 4x32-10 (Salmon et al., Random123, 2011).</summary>
internal static class UniformStream
{
    /// <summary>For each image a stream of its own: the counter is (block, image), so no image depends on another.</summary>
    public static Func<ulong, Func<double>> Of(ulong seed) => image =>
    {
        var (block, used, words) = (0UL, 4, (A: 0u, B: 0u, C: 0u, D: 0u));
        return () =>
        {
            if (used == 4) (words, block, used) = (Philox(((uint)block, (uint)(block >> 32), (uint)image, (uint)(image >> 32)), seed), block + 1, 0);
            var word = used++ switch { 0 => words.A, 1 => words.B, 2 => words.C, _ => words.D };
            return (word >> 8) * (1.0 / (1 << 24));
        };
    };

    internal static (uint A, uint B, uint C, uint D) Philox((uint A, uint B, uint C, uint D) counter, ulong key)
    {
        var (x, low, high) = (counter, (uint)key, (uint)(key >> 32));
        for (var round = 0; round < 10; round++)
        {
            var (p, q) = (0xD2511F53UL * x.A, 0xCD9E8D57UL * x.C);
            x = ((uint)(q >> 32) ^ x.B ^ low, (uint)q, (uint)(p >> 32) ^ x.D ^ high, (uint)p);
            (low, high) = (low + 0x9E3779B9, high + 0xBB67AE85);
        }
        return x;
    }
}
