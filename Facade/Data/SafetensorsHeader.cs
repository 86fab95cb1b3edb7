using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;

namespace AutoDiffAE.Data;

/// <summary>
/// The header of a .safetensors file: {"NAME": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}, and texts under "__metadata__". What the
/// offsets leave out, cover twice or name twice is refused, as the format's specification asks.
/// </summary>
internal static class SafetensorsHeader
{
    public const int Most = 100_000_000;

    public const string MetadataKey = "__metadata__";

    private const string BFloat16 = "BF16";

    private const int MostAxes = 64;

    private static readonly Dictionary<string, ElementType> Types = new()
    {
        ["F64"] = new('f', 8, false), ["F32"] = new('f', 4, false), ["F16"] = new('f', 2, false), [BFloat16] = new('f', 2, false),
        ["I64"] = new('i', 8, false), ["I32"] = new('i', 4, false), ["I16"] = new('i', 2, false), ["I8"] = new('i', 1, false),
        ["U64"] = new('u', 8, false), ["U32"] = new('u', 4, false), ["U16"] = new('u', 2, false), ["U8"] = new('u', 1, false),
        ["BOOL"] = new('b', 1, false),
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <param name="data">How many bytes follow the header.</param>
    /// <exception cref="DataException">It is no such header, or arrays overlap, leave gaps or reach beyond the file.</exception>
    public static (ImmutableArray<SafetensorsEntry> Entries, ImmutableDictionary<string, string> Metadata) Parse(byte[] header, long data, string source)
    {
        try
        {
            if (header.Length == 0 || header[0] != '{') throw new DataException($"{source}: its header does not begin with {{, no .safetensors file");
            using var json = JsonDocument.Parse(header, Strict);
            var properties = json.RootElement.EnumerateObject().ToList();
            ImmutableArray<SafetensorsEntry> entries = [.. properties.Where(p => p.Name != MetadataKey).Select(p => Entry(p.Name, p.Value, source))];
            var metadata = Metadata(properties.FirstOrDefault(p => p.Name == MetadataKey).Value, source);
            Contiguous(entries, data, source);
            return (entries, metadata);
        }
        // The latter: an escape in a name that stands for half a character.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataException($"{source}: its header is no JSON object of arrays ({Excerpt.Of(e.Message)})", e);
        }
    }

    /// <summary>A header, filled with spaces so that the data begin at a multiple of 8 bytes.</summary>
    public static byte[] Bytes(IEnumerable<(string Name, ElementType Type, ImmutableArray<int> Sizes, long Bytes)> arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }
            var begin = 0L;
            foreach (var (name, type, sizes, bytes) in arrays)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", Types.First(t => t.Value == type with { BigEndian = false } && t.Key != BFloat16).Key);
                Numbers(json, "shape", sizes.Select(s => (long)s));
                Numbers(json, "data_offsets", [begin, begin += bytes]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return [.. text.WrittenSpan, .. Enumerable.Repeat((byte)' ', (8 - text.WrittenCount % 8) % 8)];
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static SafetensorsEntry Entry(string name, JsonElement entry, string source)
    {
        var shown = Excerpt.Of(name);
        if (entry.ValueKind != JsonValueKind.Object || entry.EnumerateObject().Any(p => p.Name is not ("dtype" or "shape" or "data_offsets"))
            || !(entry.TryGetProperty("dtype", out var dtype) && dtype.ValueKind == JsonValueKind.String)
            || !(entry.TryGetProperty("shape", out var shape) && Wholes(shape) is { } lengths)
            || !(entry.TryGetProperty("data_offsets", out var offsets) && Wholes(offsets) is [var begin, var end] && begin <= end))
            throw new DataException($"{source}: {Excerpt.Of(entry.GetRawText())} was found for {shown}, "
                + """{"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]} or alike was expected""");
        if (!Types.TryGetValue(dtype.GetString()!, out var type))
            throw new DataException($"{source}: {shown} holds numbers of type {Excerpt.Of(dtype.GetString()!)}, of these {string.Join(" ", Types.Keys)} can be read");
        if (lengths.Length > MostAxes) throw new DataException($"{source}: {shown} has {lengths.Length} axes, at most {MostAxes} can be read");
        var count = lengths.Aggregate(BigInteger.One, (n, s) => n * s);
        if (count > int.MaxValue || lengths.Any(s => s > int.MaxValue) || lengths.Where(s => s > 0).Aggregate(BigInteger.One, (n, s) => n * s) > int.MaxValue || end - begin > Array.MaxLength)
            throw new DataException($"{source}: {shown} of shape [{string.Join(", ", lengths.Take(16))}] is larger than a tensor can be, {int.MaxValue} elements and {Array.MaxLength} bytes");
        return count * type.Size == end - begin
            ? new(name, type, dtype.GetString() == BFloat16, [.. lengths.Select(s => (int)s)], begin, end)
            : throw new DataException($"{source}: {shown} has {end - begin} bytes from {begin} to {end}, {count * type.Size} expected for {dtype.GetString()} of shape [{string.Join(", ", lengths.Take(16))}]");
    }

    /// <summary>Whole numbers from 0 up; null where it is something else.</summary>
    private static long[]? Wholes(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array && array.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt64(out var whole) && whole >= 0)
            ? [.. array.EnumerateArray().Select(n => n.GetInt64())]
            : null;

    private static void Contiguous(ImmutableArray<SafetensorsEntry> entries, long data, string source)
    {
        var at = 0L;
        foreach (var entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != at)
                throw new DataException($"{source}: {Excerpt.Of(entry.Name)} begins at byte {entry.Begin} of the data, where {at} was expected: arrays "
                    + (entry.Begin < at ? "overlap" : "leave a gap"));
            at = entry.End;
        }
        if (at != data)
            throw new DataException($"{source}: {data} bytes of data found, {at} expected: " + (data < at ? "the file is cut short" : "there is more than the arrays in it"));
    }

    private static ImmutableDictionary<string, string> Metadata(JsonElement texts, string source) => texts.ValueKind switch
    {
        JsonValueKind.Undefined => ImmutableDictionary<string, string>.Empty,
        JsonValueKind.Object when texts.EnumerateObject().All(t => t.Value.ValueKind == JsonValueKind.String) =>
            texts.EnumerateObject().ToImmutableDictionary(t => t.Name, t => t.Value.GetString()!),
        _ => throw new DataException($"{source}: {MetadataKey} has to be an object of texts"),
    };
}
