using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoDiffAE.Data;

namespace AutoDiffAE.Cli;

/// <summary>Arrays as nested lists of numbers; NaN and infinities, which JSON has no words for, are the strings nan, inf and -inf.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);

    /// <summary>Whole numbers have a point too, so that readers which tell integers from floats find floats.</summary>
    public static void Write(StringBuilder json, StoredArray array)
    {
        var values = array.As<double>();
        Nest(json, [.. array.Sizes], 0, 0, i => Number(values.Span[i], array.Type.Size == 4));
    }

    /// <exception cref="UsageException">The element is no number and no list of lists of one length.</exception>
    public static StoredArray Read(string name, JsonElement element)
    {
        var sizes = new List<int>();
        for (var e = element; e.ValueKind == JsonValueKind.Array; e = e[0])
        {
            sizes.Add(e.GetArrayLength());
            if (sizes[^1] == 0) break;
        }
        var values = new List<double>();
        Flatten(name, element, sizes, 0, values);
        return StoredArray.Of(Tensors.Tensor<double>.Of(values, [.. sizes]));
    }

    private static void Nest(StringBuilder json, int[] sizes, int axis, int at, Func<int, string> number)
    {
        if (axis == sizes.Length)
        {
            json.Append(number(at));
            return;
        }
        json.Append('[');
        for (var i = 0; i < sizes[axis]; i++)
        {
            if (i > 0) json.Append(", ");
            Nest(json, sizes, axis + 1, at * sizes[axis] + i, number);
        }
        json.Append(']');
    }

    private static string Number(double value, bool single)
    {
        if (!double.IsFinite(value)) return double.IsNaN(value) ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"";
        var text = single ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : $"{text}.0";
    }

    private static void Flatten(string name, JsonElement element, List<int> sizes, int axis, List<double> values)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            if (axis != sizes.Count) throw Ragged(name);
            values.Add(Number(name, element));
            return;
        }
        if (axis == sizes.Count || element.GetArrayLength() != sizes[axis]) throw Ragged(name);
        foreach (var item in element.EnumerateArray()) Flatten(name, item, sizes, axis + 1, values);
    }

    private static UsageException Ragged(string name) => new($"in: {name} is ragged, lists of one length were expected along each axis");

    private static double Number(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String when element.GetString() is "nan" => double.NaN,
        JsonValueKind.String when element.GetString() is "inf" => double.PositiveInfinity,
        JsonValueKind.String when element.GetString() is "-inf" => double.NegativeInfinity,
        _ => throw new UsageException($"in: {name} holds {element.GetRawText()}, numbers in nested lists were expected (and \"nan\", \"inf\", \"-inf\")"),
    };
}
