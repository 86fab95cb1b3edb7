using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Tests.Golden;

/// <summary>From the manifest's operations to expressions. An operation that is not in the table is one that does not exist yet.</summary>
public static class Translations
{
    private static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new[]
    {
        Elementwise.Table, Products.Table, Movements.Table, Reductions.Table, Pooling.Table, SecondDerivatives.Table, Indexed.Table,
    }.SelectMany(t => t).ToDictionary(t => t.Key, t => t.Value);

    private static readonly Dictionary<string, string> Spelled = new()
    {
        ["sqr"] = "square", ["arcsin"] = "asin", ["arctan"] = "atan", ["arctanh"] = "atanh",
    };

    /// <summary>The expressions of a case; none where its operation does not exist.</summary>
    public static IReadOnlyList<Variant> Of(Source source)
    {
        var op = source.Case.Op;
        if (Table.TryGetValue(op, out var translate)) return [.. translate(source)];
        return op.StartsWith("unary_", StringComparison.Ordinal) && Unary(op[6..]) is { } f ? [Expr.Map(f, source.X)] : [];
    }

    public static bool Has(string op) => Table.ContainsKey(op) || (op.StartsWith("unary_", StringComparison.Ordinal) && Unary(op[6..]) is not null);

    private static ScalarFunction? Unary(string name) =>
        ScalarSamplers.Functions.FirstOrDefault(f => f.Arity == 1 && f.Name == Spelled.GetValueOrDefault(name, name));

    /// <summary>Sizes as the reductions' attribute names them: one axis, several, or all.</summary>
    public static int[]? AxesOf(GoldenCase c) =>
        c.Attributes.GetProperty("axis").ValueKind == System.Text.Json.JsonValueKind.Null ? null : c.Integers("axis");

    /// <summary>numpy's [start, end, step] of one axis, with nulls, as positions.</summary>
    public static StridedRange Range(System.Text.Json.JsonElement slice, int length)
    {
        int? Part(int i) => slice[i].ValueKind == System.Text.Json.JsonValueKind.Null ? null : slice[i].GetInt32();
        var step = Part(2) ?? 1;
        var start = Part(0) ?? (step > 0 ? 0 : length - 1);
        var end = Part(1) ?? (step > 0 ? length : -1);
        return new(start, (end - start + step - Math.Sign(step)) / step, step);
    }
}
