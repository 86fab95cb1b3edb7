using System.Text.Json;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Formulas;

namespace AutoDiffAE.Tests.Golden;

internal static class Movements
{
    public static readonly Dictionary<string, Func<Source, IEnumerable<Variant>>> Table = new()
    {
        ["transpose"] = s => [s.X.Permute(s.Case.Integers("axes"))],
        ["dimshuffle"] = s => [Dimshuffle(s.X, s.Case.Attributes.GetProperty("pattern"))],
        ["reshape"] = s => [s.X.Reshape(new Shape([.. s.Case.Integers("shape").Select(n => (Dim)n)]))],
        ["expr x.transpose(1,0,2).reshape(3,8)"] = s => [s.X.Permute(1, 0, 2).Reshape(3, 8)],
        ["upsample_repeat"] = s => [s.X.Repeat(s.Case.Integers("ds"))],
        ["repeat"] = s => [Translations.AxesOf(s.Case) is [var axis] ? Repeated(s.X, s.Case, axis) : Repeated(s.X.Flatten(0), s.Case, 0)],
        ["tile"] = s => [s.X.Tile(s.Case.Integers("reps"))],
        ["concatenate"] = s => [Concatenate(s.Case.Inputs.Select(s.Variable), s.Case.Integers("axis")[0])],
        ["stack"] = s => [Stack(s.Case.Inputs.Select(s.Variable), s.Case.Integers("axis")[0])],
        ["pad"] = s => [s.X.Pad([.. s.Case.Table("pad").Select(p => (p[0], p[1]))])],
        ["flip"] = s => [s.X.Flip(s.Case.Integers("axes"))],
        ["subtensor"] = s => [s.Case.Attributes.TryGetProperty("index", out var index)
            ? s.X.Slice(0, new(index[0].GetInt32(), 1)).Reshape(new Shape(s.X.Shape.Dims[1..]))
            : s.X.Slice(Ranges(s))],
        ["set_subtensor"] = s => [s.X * (1 - Placed(((Expr)1.0).BroadcastTo(s.Variable("y").Shape), s)) + Placed(s.Variable("y"), s)],
        ["inc_subtensor"] = s => [s.X + Placed(s.Variable("y"), s)],
    };

    private static Expr Placed(Expr y, Source s) => Expr.Of(new Op.Pad([.. Ranges(s)], s.X.Shape), y);

    private static StridedRange[] Ranges(Source s)
    {
        var slices = s.Case.Attributes.GetProperty("slices");
        return [.. s.X.Shape.Select((d, axis) => axis < slices.GetArrayLength() ? Translations.Range(slices[axis], (int)d.Value!) : StridedRange.All(d))];
    }

    private static Expr Repeated(Expr x, GoldenCase c, int axis) =>
        x.Repeat([.. Enumerable.Range(axis, x.Rank - axis).Select(a => a == axis ? c.Integers("repeats")[0] : 1)]);

    private static Expr Dimshuffle(Expr x, JsonElement pattern)
    {
        var entries = pattern.EnumerateArray().ToList();
        var kept = entries.Where(e => e.ValueKind == JsonValueKind.Number).Select(e => e.GetInt32()).ToArray();
        return x.Permute(kept).Reshape(new Shape([.. entries.Select(e => e.ValueKind == JsonValueKind.Number ? x.Shape[e.GetInt32()] : (Dim)1)]));
    }
}
