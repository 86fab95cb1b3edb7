using System.Buffers;
using System.Text;
using System.Text.Json;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reading;

/// <summary>
/// All that the page shows of a node when it is asked to, as JSON: nodes are [name, formula, shape, arguments, step, cotangent, value, cotangent's value,
/// differences], tensors [sizes, values] or, where they are large, [sizes, first values, least, greatest, heat maps].
/// </summary>
internal static class PageData
{
    private const string Shades = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz012345678";

    private const int Whole = 64, WholeOfMany = 16, First = 6, MapSide = 32, Maps = 6;

    public static string Of(PageGraph graph)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            var sentences = graph.Steps.SelectMany(s => (string[])[s.Step.Rule, s.Step.Statement, .. s.Step.Notes]).Distinct().ToList();
            var number = sentences.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i, StringComparer.Ordinal);
            json.WriteStartObject();
            json.WriteNumber("cost", graph.Cost);
            json.WriteBoolean("large", graph.IsLarge);
            json.WriteStartArray("sentences");
            foreach (var sentence in sentences) json.WriteStringValue(sentence);
            json.WriteEndArray();
            json.WriteStartArray("nodes");
            foreach (var node in graph.Nodes) Write(json, node, graph.IsLarge);
            json.WriteEndArray();
            json.WriteStartArray("steps");
            foreach (var step in graph.Steps) Write(json, step, number);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, PageNode node, bool large)
    {
        json.WriteStartArray();
        json.WriteStringValue(node.Name);
        json.WriteStringValue(node.Formula);
        json.WriteStringValue($"{node.Node.Shape}");
        Numbers(json, node.Args);
        json.WriteNumberValue(node.Step);
        json.WriteStringValue(node.Cotangent);
        if (node.InNumbers is { } numbers)
        {
            Write(json, numbers.Value, large);
            if (numbers.Cotangent is { } cotangent) Write(json, cotangent, large);
            else json.WriteNullValue();
            json.WriteStartArray();
            foreach (var d in numbers.Differences)
            {
                json.WriteStartArray();
                json.WriteNumberValue(d.Element);
                Number(json, d.Cotangent);
                Number(json, d.Difference.Value);
                Number(json, d.Difference.Error);
                json.WriteNumberValue(d.Agrees ? 0 : d.Settles ? 1 : 2);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PageStep step, Dictionary<string, int> sentences)
    {
        json.WriteStartArray();
        json.WriteNumberValue(step.Node);
        json.WriteNumberValue(sentences[step.Step.Rule]);
        json.WriteNumberValue(sentences[step.Step.Statement]);
        json.WriteStartArray();
        foreach (var (equation, target) in step.Step.Equations.Zip(step.Targets))
        {
            json.WriteStartArray();
            json.WriteNumberValue(target);
            json.WriteStringValue(equation.Formula);
            json.WriteNumberValue(equation.Adds ? 1 : 0);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        Numbers(json, step.Step.Notes.Select(n => sentences[n]));
        Numbers(json, step.Uses);
        json.WriteStartArray();
        foreach (var where in step.Step.Where) json.WriteStringValue($"{where.Name} = {where.Formula}");
        json.WriteEndArray();
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Tensor<double> tensor, bool large)
    {
        json.WriteStartArray();
        Numbers(json, tensor.Sizes.ToArray());
        var whole = tensor.Length <= (large ? WholeOfMany : Whole);
        json.WriteStartArray();
        foreach (var value in whole ? tensor.Span : tensor.Span[..First]) Number(json, value);
        json.WriteEndArray();
        if (!whole)
        {
            Number(json, tensor.Span.ToArray().Min());
            Number(json, tensor.Span.ToArray().Max());
            json.WriteStartArray();
            foreach (var map in large ? [] : HeatMap.Of(tensor, MapSide, Maps)) Write(json, map);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, HeatMap map)
    {
        json.WriteStartArray();
        Numbers(json, map.Index);
        json.WriteNumberValue(map.Rows);
        json.WriteNumberValue(map.Columns);
        json.WriteNumberValue(map.RowStep);
        json.WriteNumberValue(map.ColumnStep);
        json.WriteStringValue(string.Concat(map.Shades.Select(s => s is { } shade ? Shades[HeatMap.Darkest + shade] : '9')));
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, IEnumerable<int> numbers)
    {
        json.WriteStartArray();
        foreach (var n in numbers) json.WriteNumberValue(n);
        json.WriteEndArray();
    }

    /// <summary>What is no finite number is a string.</summary>
    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(Printer.Number(value));
    }
}
