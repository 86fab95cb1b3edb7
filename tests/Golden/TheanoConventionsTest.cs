using System.Text.Json;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Golden;

/// <summary>Theano's own answers at ties and edges, where ours are the same or can be asked for.</summary>
public sealed class TheanoConventionsTest
{
    private static readonly Dictionary<string, Func<Expr[], Expr>> Rows = new()
    {
        ["max_ties"] = x => x[0].Max(ties: TieRule.Each),
        ["min_ties"] = x => x[0].Min(ties: TieRule.Each),
        ["abs_0"] = x => x[0].Abs(),
        ["sgn"] = x => x[0].Sign(),
        ["sqrt_0"] = x => x[0].Sqrt(),
        ["clip_bounds"] = x => x[0].Clip(-1, 1),
        ["round_default"] = x => x[0].Round(),
        ["mod_neg"] = x => Formulas.Remainder(x[0], 3),
        ["log_0"] = x => x[0].Log(),
        ["sigmoid_ext"] = x => x[0].Sigmoid(),
        ["softplus_ext"] = x => x[0].Softplus(),
    };

    [SharedFact]
    public void Agree_where_the_conventions_do()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Shared.At("golden", "theano_conventions.json")));
        foreach (var (name, f) in Rows)
        {
            var row = file.RootElement.GetProperty("cases").GetProperty(name);
            var inputs = row.GetProperty("inputs").EnumerateArray().Select(Values).ToArray();
            var variables = inputs.Select((v, i) => Expr.Variable($"x{i}", v.Length)).ToArray();
            var y = f(variables);
            var found = Oracle.Evaluate([y, .. Gradient.Of(y.Sum(), variables)], variables.Zip(inputs));
            var wanted = new[] { Values(row.GetProperty("out")) }.Concat(row.GetProperty("grads").EnumerateArray().Select(Values));
            foreach (var (expected, actual) in wanted.Zip(found))
                Assert.Null(GoldenTest.Fault(Tensor<double>.Of(actual.Span, actual.Length), expected, 1e-9, leastScale: 1) is { } fault ? $"{name}: {fault}" : null);
        }
    }

    private static Tensor<double> Values(JsonElement list)
    {
        double[] values = list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(Number)] : [Number(list)];
        return Tensor<double>.Of(values, values.Length);
    }

    private static double Number(JsonElement e) => e.ValueKind == JsonValueKind.Number
        ? e.GetDouble()
        : e.GetString() switch { "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => double.NaN };
}
