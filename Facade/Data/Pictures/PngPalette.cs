namespace AutoDiffAE.Data;

/// <summary>What the samples of a PNG picture mean: the colours of a palette, and what is transparent, which lies on black here.</summary>
/// <param name="Kind">0 grey, 2 red-green-blue, 3 palette, 4 grey and alpha, 6 red-green-blue and alpha.</param>
/// <param name="Entries">Of a palette: red, green and blue, with its alpha taken into account.</param>
/// <param name="Key">Without alpha: the samples of the transparent colour, or empty.</param>
internal sealed record PngPalette(int Kind, byte[] Entries, byte[] Key)
{
    /// <exception cref="DataException">A palette is missing, or has other than 1 to 256 entries.</exception>
    public static PngPalette Of(int kind, ReadOnlyMemory<byte>? palette, ReadOnlyMemory<byte>? transparency, string source)
    {
        var alphas = transparency is { } t ? t.ToArray() : [];
        switch (kind)
        {
            case 3:
                if (palette is not { Length: >= 3 and <= 768 and var length } || length % 3 != 0)
                    throw new DataException($"{source}: a palette of {palette?.Length ?? 0} bytes found, 3 for each of 1 to 256 colours expected");
                if (3 * alphas.Length > length) throw new DataException($"{source}: {alphas.Length} alphas found for {length / 3} colours of its palette");
                return new(kind, [.. palette.Value.ToArray().Select((c, i) => i / 3 < alphas.Length ? Over(c, alphas[i / 3]) : c)], []);
            case 0 or 2 when transparency is not null:
                // The samples of one colour, 16 bits each.
                var samples = kind == 0 ? 1 : 3;
                if (alphas.Length != 2 * samples) throw new DataException($"{source}: a transparent colour of {alphas.Length} bytes found, {2 * samples} expected");
                return new(kind, [], [.. Enumerable.Range(0, samples).Select(i => alphas[2 * i + 1])]);
            default:
                return new(kind, [], []);
        }

    }

    /// <summary>Grey values, or red, green and blue, of all pixels.</summary>
    /// <param name="samples">As stored.</param>
    /// <param name="each">Samples in a pixel.</param>
    /// <param name="count">How many values they make.</param>
    public byte[] Colours(byte[] samples, int each, int count)
    {
        if (Kind is 0 or 2 && Key.Length == 0) return samples;
        var colours = new byte[count];
        var channels = Kind is 0 or 4 ? 1 : 3;
        for (var i = 0; i < count / channels; i++) Colour(samples.AsSpan(i * each, each), colours.AsSpan(i * channels, channels));
        return colours;
    }

    private void Colour(ReadOnlySpan<byte> sample, Span<byte> colour)
    {
        // A sample beyond the palette is black, as other readers have it.
        if (Kind == 3) { if (3 * sample[0] < Entries.Length) Entries.AsSpan(3 * sample[0], 3).CopyTo(colour); }
        else if (Kind is 4 or 6) for (var c = 0; c < colour.Length; c++) colour[c] = Over(sample[c], sample[^1]);
        else if (!sample.SequenceEqual(Key)) sample.CopyTo(colour);
    }

    private static byte Over(byte value, byte alpha) => (byte)((value * alpha + 127) / 255);
}
