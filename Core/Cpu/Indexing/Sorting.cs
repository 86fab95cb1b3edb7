using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Stable sorts of keys: by insertion where there are few, else by their bytes from the lowest to the highest.</summary>
internal static unsafe class Sorting
{
    private const int Few = 64, Digits = 256;

    /// <summary>The sorted keys, in one of the two arrays; the other is overwritten.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="other">Room for as many.</param>
    /// <param name="n">How many.</param>
    /// <param name="bytes">The bytes of a key that count, from the lowest on.</param>
    public static SortKey* Stable(SortKey* keys, SortKey* other, int n, int bytes)
    {
        if (n > Few) return ByBytes(keys, other, n, bytes);
        for (var i = 1; i < n; i++)
        {
            var (key, at) = (keys[i], i);
            for (; at > 0 && keys[at - 1].Key > key.Key; at--) keys[at] = keys[at - 1];
            keys[at] = key;
        }
        return keys;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static SortKey* ByBytes(SortKey* keys, SortKey* other, int n, int bytes)
    {
        var counts = stackalloc int[Digits * sizeof(ulong)];
        new Span<int>(counts, Digits * bytes).Clear();
        for (var i = 0; i < n; i++)
            for (var (digit, key) = (0, keys[i].Key); digit < bytes; digit++, key >>= 8) counts[digit * Digits + (int)(key & 255)]++;
        for (var digit = 0; digit < bytes; digit++)
        {
            var starts = counts + digit * Digits;
            var shift = 8 * digit;
            if (starts[(int)(keys[0].Key >> shift & 255)] == n) continue;
            for (var (d, start) = (0, 0); d < Digits; d++) (starts[d], start) = (start, start + starts[d]);
            for (var i = 0; i < n; i++) other[starts[(int)(keys[i].Key >> shift & 255)]++] = keys[i];
            var sorted = other;
            other = keys;
            keys = sorted;
        }
        return keys;
    }
}
