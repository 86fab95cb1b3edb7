using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>Pictures in files: PNG and Netpbm (PGM, PPM), as (height, width, channels) with 1 channel for grey or 3 for red, green and blue.</summary>
public static class Picture
{
    /// <summary>The pixels of a file, 0 to 255. Its kind is told by its first bytes; what is transparent lies on black.</summary>
    /// <exception cref="DataException">The file is missing, damaged, or of a kind that cannot be read.</exception>
    public static Tensor<byte> Read(string path) => Parse(FileBytes.Read(path), path);

    /// <param name="source">What messages call the bytes.</param>
    /// <exception cref="DataException">The bytes are damaged, or of a kind that cannot be read.</exception>
    public static Tensor<byte> Parse(ReadOnlyMemory<byte> bytes, string source) => bytes.Span switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => PngReader.Read(bytes, source),
        [(byte)'P', >= (byte)'1' and <= (byte)'7', ..] => NetpbmReader.Read(bytes.Span, source),
        [0xff, 0xd8, ..] => throw new DataException($"{source}: is a JPEG picture, PNG, PGM and PPM can be read: convert it"),
        _ => throw new DataException($"{source}: is no PNG, PGM or PPM picture"),
    };

    /// <summary>The number of values of a picture, if a tensor can have so many.</summary>
    /// <exception cref="DataException">It is empty or larger.</exception>
    internal static int Count(long height, long width, int channels, string source) => height < 1 || width < 1
        ? throw new DataException($"{source}: a picture of {height}x{width} pixels found, at least one was expected")
        : height > Array.MaxLength / width / channels ? throw new DataException($"{source}: a picture of {height}x{width} pixels is larger than a tensor can be")
        : (int)(height * width * channels);
}
