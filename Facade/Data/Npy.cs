using System.Numerics;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>NumPy's .npy files: versions 1 to 3, either byte order, row-major and column-major are read; version 1 is written.</summary>
public static class Npy
{
    /// <summary>The array of a file as a tensor: rounded where T is floating, exact where it is an integer.</summary>
    /// <exception cref="DataException">The file is missing, damaged or no .npy file, or its values do not fit T.</exception>
    public static Tensor<T> Read<T>(string path) where T : unmanaged, INumber<T> => Load(path).As<T>();

    /// <summary>The array of a file as it is stored.</summary>
    /// <exception cref="DataException">The file is missing, damaged or no .npy file.</exception>
    public static StoredArray Load(string path) => Parse(FileBytes.Read(path), path);

    /// <param name="source">What messages call the bytes.</param>
    /// <exception cref="DataException">The bytes are damaged or no .npy file.</exception>
    public static StoredArray Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        var header = NpyHeader.Parse(bytes.Span, source);
        return StoredArray.Of(source, header.Type, header.Sizes, header.ColumnMajor, bytes[header.Length..]);
    }

    /// <exception cref="DataException">The file cannot be written.</exception>
    public static void Write<T>(string path, Tensor<T> tensor) where T : unmanaged, INumber<T> =>
        AtomicFile.Write(path, stream => Write(stream, StoredArray.Of(tensor)));

    public static void Write(Stream stream, StoredArray array)
    {
        stream.Write(NpyHeader.Bytes(array));
        stream.Write(array.Data);
    }
}
