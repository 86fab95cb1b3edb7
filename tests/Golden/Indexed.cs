using System.Text.Json;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests.Golden;

internal static class Indexed
{
    public static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new()
    {
        ["take"] = s => [s.X.Take(Indices(s.Case.Attributes.GetProperty("indices")), s.Case.Integers("axis")[0])],
        ["advanced_index"] = s => [s.X.At([.. s.Case.Attributes.GetProperty("index").EnumerateArray().Select(Indices)])],
        ["advanced_inc_subtensor"] = s => [s.X.AddAt(Indices(s.Case.Attributes.GetProperty("indices")), s.Variable("y"), s.Case.Integers("axis")[0])],
        ["argmax"] = s => [s.X.ArgMax(s.Case.Integers("axis")[0])],
        ["argmin"] = s => [s.X.ArgMin(s.Case.Integers("axis")[0])],
        ["cumsum"] = s => [s.X.CumSum(s.Case.Integers("axis")[0])],
        ["cumprod"] = s => [s.X.CumProd(s.Case.Integers("axis")[0])],
    };

    private static Expr Indices(JsonElement list)
    {
        var sizes = new List<int>();
        for (var inner = list; inner.ValueKind == JsonValueKind.Array; inner = inner[0]) sizes.Add(inner.GetArrayLength());
        return Expr.Constant(Tensor<double>.Of(Numbers(list), [.. sizes]));
    }

    private static IEnumerable<double> Numbers(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().SelectMany(Numbers) : [list.GetDouble()];
}
