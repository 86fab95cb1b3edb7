using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Data;

/// <summary>
/// Files of Hugging Face's safetensors: the length of a header (64 bits, little-endian), the header, a JSON object that gives each array its dtype,
/// shape and place, and the arrays, little-endian and row-major, without gap or overlap. bfloat16 is read as float32, which holds it exactly.
/// </summary>
/// <remarks>
/// Arrays keep the names and the layout that they have here. PyTorch differs in two: a dense layer's <c>weight</c> is (out, in), our <c>W</c> is
/// (in, out), the transpose; and its convolutions do not flip their filters, ours do where a layer's <c>Flip</c> says so: there the last two axes of
/// <c>W</c> (out, in, rows, columns) are reversed. Biases are the same; <c>gamma, beta, mean, variance</c> are <c>weight, bias, running_mean, running_var</c>.
/// </remarks>
public static class Safetensors
{
    /// <summary>The arrays of a file as they are stored.</summary>
    /// <exception cref="DataException">The file is missing or damaged, or holds numbers of a type that has no counterpart here.</exception>
    public static SafetensorsFile Open(string path) => FileBytes.Through(path, file =>
    {
        file.Position = 0;
        return Read(file, path);
    });

    /// <summary>Writes arrays, the largest elements first so that all are aligned. The same arrays give the same bytes.</summary>
    /// <exception cref="DataException">The file cannot be written, or a name is empty, given twice or <c>__metadata__</c>.</exception>
    public static void Write(string path, IEnumerable<(string Name, StoredArray Array)> arrays, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var entries = ArrayFile.Named(path, arrays)
            .Select(e => (e.Name, Array: e.Array.Plain()))
            .OrderByDescending(e => e.Array.Type.Size).ThenBy(e => e.Name, StringComparer.Ordinal).ToArray();
        if (entries.Any(e => e.Name == SafetensorsHeader.MetadataKey)) throw new DataException($"{path}: no array can have the name {SafetensorsHeader.MetadataKey}");
        var header = SafetensorsHeader.Bytes(entries.Select(e => (e.Name, e.Array.Type, e.Array.Sizes, (long)e.Array.Data.Length)), metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, array) in entries) stream.Write(array.Data);
        });
    }

    /// <param name="stream">With a length, at its start.</param>
    internal static SafetensorsFile Read(Stream stream, string source)
    {
        Span<byte> start = stackalloc byte[8];
        var found = stream.ReadAtLeast(start, 8, throwOnEndOfStream: false);
        if (found < 8) throw new DataException($"{source}: {found} bytes found, a .safetensors file has at least 8");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > SafetensorsHeader.Most)
            throw new DataException($"{source}: a header of {length} bytes found, at most {SafetensorsHeader.Most} can be: no .safetensors file, or a damaged one");
        if ((long)length > stream.Length - 8)
            throw new DataException($"{source}: {stream.Length} bytes found, its header is longer: the file is cut short");
        var header = new byte[length];
        stream.ReadExactly(header);
        var (entries, metadata) = SafetensorsHeader.Parse(header, stream.Length - 8 - (long)length, source);
        var arrays = entries.OrderBy(e => e.Begin).ThenBy(e => e.End).ToDictionary(e => e.Name, e => Array(stream, e, source));
        return new(source, new(entries.Select(e => KeyValuePair.Create(e.Name, arrays[e.Name]))), metadata);
    }

    private static StoredArray Array(Stream stream, SafetensorsEntry entry, string source)
    {
        var bytes = Tensor<byte>.Build([checked((int)(entry.End - entry.Begin))], stream.ReadExactly);
        return entry.Half16 ? StoredArray.Of(Widened(bytes, entry.Sizes)).From($"{source}, {entry.Name}")
            : StoredArray.Of($"{source}, {entry.Name}", entry.Type, entry.Sizes, columnMajor: false, _ => (bytes, bytes.Length));
    }

    /// <summary>bfloat16 is the upper half of float32.</summary>
    private static Tensor<float> Widened(Tensor<byte> bytes, ImmutableArray<int> sizes) => Tensor<float>.Build(sizes.AsSpan(), values =>
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        for (var i = 0; i < bits.Length; i++) bits[i] = (uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[(2 * i)..]) << 16;
    });
}
