using System.Text.Json;
using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using AutoDiffAE.Tests.Golden;
using Xunit;

namespace AutoDiffAE.Tests.Cli;

public sealed class EvalBatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private (int Code, string Output, string Error) Run(IEnumerable<string> lines, params string[] options) => Run(default, false, lines, options);

    private (int Code, string Output, string Error) Run(CancellationToken cancellation, bool progress, IEnumerable<string> lines, params string[] options)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        File.WriteAllLines(_folder.At("cases.jsonl"), lines);
        return (Program.Run(["eval", "--batch", _folder.At("cases.jsonl"), .. options], output, error, cancellation, progress: progress), output.ToString(), error.ToString());
    }

    private string Answer(string line, params string[] options)
    {
        var run = Run([line], options);
        Assert.Equal(("", 0), (run.Error, run.Code));
        return run.Output.TrimEnd();
    }

    [Theory]
    [InlineData("""{"expr": "sum(x ** 2)", "in": {"x": [[1, 2], [3, 4]], "t": [[1, 0], [0, 1]]}, "grad": ["x"], "jvp": {"x": "t"}, "hvp": {"x": "t"}}""",
        """{"out": 30.0, "grad_x": [[2.0, 4.0], [6.0, 8.0]], "jvp": 10.0, "hvp_x": [[2.0, 0.0], [0.0, 2.0]], "shape": {"out": [], "grad_x": [2, 2], "jvp": [], "hvp_x": [2, 2]}}""")]
    [InlineData("""{"expr": "1 / x", "in": {"x": [0, -0.0, "inf", "-inf", "nan", 8, true]}}""",
        """{"out": ["inf", "-inf", 0.0, -0.0, "nan", 0.125, 1.0], "shape": {"out": [7]}}""")]
    [InlineData("""{"expr": "x * 2", "in": {"x": 0.1}, "precision": "float"}""", """{"out": 0.2, "shape": {"out": []}}""")]
    [InlineData("""{"expr": "x * y", "in": {"x": [2, 3], "y": [5, 7]}, "grad": "x", "cotangent": "y"}""",
        """{"out": [10.0, 21.0], "grad_x": [25.0, 49.0], "shape": {"out": [2], "grad_x": [2]}}""")]
    [InlineData("""{"expr": "full((n, 0), 1)", "in": {"x": [1, 2, 3]}, "shape": {"x": "(n)"}}""", """{"out": [[], [], []], "shape": {"out": [3, 0]}}""")]
    [InlineData("""{"expr": "1 + 2"}""", """{"out": 3.0, "shape": {"out": []}}""")]
    public void A_line_is_answered_by_a_line(string line, string answer) => Assert.Equal(answer, Answer(line));

    [Fact]
    public void The_precision_beside_the_batch_is_that_of_lines_which_name_none() =>
        Assert.StartsWith("{\"out\": 0.2,", Answer("""{"expr": "x * 2", "in": {"x": 0.1}}""", "--precision", "float"));

    [Theory]
    [InlineData("[1]", "a JSON object was expected")]
    [InlineData("{\"expr\": ", "no JSON object")]
    [InlineData("""{"in": {}}""", "expr is missing")]
    [InlineData("""{"expr": 3}""", "expr: a string is needed")]
    [InlineData("""{"expr": "1", "into": "x"}""", "into is no field")]
    [InlineData("""{"expr": "1", "expr": "2"}""", "expr")]
    [InlineData("""{"expr": "x +", "in": {"x": 1}}""", "column 4")]
    [InlineData("""{"expr": "x + w", "in": {"x": [1, 2], "w": [1, 2, 3]}}""", "column 3: add of x (2) and w (3)")]
    [InlineData("""{"expr": "x", "in": {"x": [[1, 2], [3]]}}""", "x is ragged")]
    [InlineData("""{"expr": "x", "in": {"x": [[1, 2], 3]}}""", "x is ragged")]
    [InlineData("""{"expr": "x", "in": {"x": [1, [2]]}}""", "x is ragged")]
    [InlineData("""{"expr": "x", "in": {"x": [1, null]}}""", "holds null")]
    [InlineData("""{"expr": "x", "in": {"x": ["one"]}}""", "holds \"one\"")]
    [InlineData("""{"expr": "x", "in": [1]}""", "in: the name of a .npz file is needed")]
    [InlineData("""{"expr": "x", "in": "no.npz"}""", "no.npz: there is no such file")]
    [InlineData("""{"expr": "x", "in": {"x": 1}, "grad": [1]}""", "grad: a list of names")]
    [InlineData("""{"expr": "x", "in": {"x": 1}, "grad": ["y"]}""", "has no variable y, it has x")]
    [InlineData("""{"expr": "x", "in": {"x": [1]}, "grad": ["x"]}""", "cotangent")]
    [InlineData("""{"expr": "x", "in": {"x": 1}, "jvp": ["x"]}""", "jvp: an object of strings")]
    [InlineData("""{"expr": "x", "in": {"x": 1}, "shape": {"x": "n"}}""", "shape x=n")]
    [InlineData("""{"expr": "x", "in": {"x": 1}, "precision": "half"}""", "double or float")]
    [InlineData("""{"expr": "x", "in": {"x": 1}, "out": "no/where/out.npz"}""", "cannot be written")]
    [InlineData("""{"expr": "full((100000, 100000), 1)"}""", "too large")]
    public void A_case_that_fails_says_why_and_the_others_go_on(string line, string said)
    {
        var run = Run(["", """{"expr": "1"}""", line, """{"expr": "2"}"""]);
        Assert.Equal(2, run.Code);
        var answers = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("{\"out\": 1.0", answers[0]);
        using var failed = JsonDocument.Parse(answers[1]);
        Assert.Contains(said, failed.RootElement.GetProperty("error").GetString());
        Assert.DoesNotContain("fault of the program", answers[1]);
        Assert.Equal(3, failed.RootElement.GetProperty("line").GetInt32());
        Assert.StartsWith("{\"out\": 2.0", answers[2]);
        Assert.Contains("1 of 3 cases failed, the first in line 3", Assert.Single(run.Error.TrimEnd().Split('\n')));
    }

    [Fact]
    public void Results_go_to_files_that_later_lines_read()
    {
        var path = _folder.At("x.npz");
        Npz.Write(path, [("out", StoredArray.Of(Tensor<double>.Of([1, 2], 2)))]);
        var line = JsonSerializer.Serialize(new { expr = "out * 2", @in = path, @out = path });
        var run = Run([line, line, line], "--out", _folder.At("answers.jsonl"));
        Assert.Equal(("", 0), (run.Error, run.Code));
        Assert.Contains("3 cases", run.Output);
        Assert.Equal([8, 16], Npz.Open(path)["out"].As<double>().Span.ToArray());
        Assert.All(File.ReadAllLines(_folder.At("answers.jsonl")), a => Assert.Equal($"{{\"file\": {JsonSerializer.Serialize(path)}, \"shape\": {{\"out\": [2]}}}}", a));
    }

    [Fact]
    public void An_interruption_keeps_what_is_done()
    {
        var run = Run(new CancellationToken(canceled: true), true, ["""{"expr": "1"}"""], "--out", _folder.At("answers.jsonl"));
        Assert.Equal(130, run.Code);
        Assert.Contains("interrupted after 0 cases", run.Error);
        Assert.True(File.Exists(_folder.At("answers.jsonl")));
    }

    [Fact]
    public void Cases_alike_but_for_their_values_or_sizes_are_answered_each_for_itself()
    {
        var run = Run(Enumerable.Range(1, 300).Select(n => JsonSerializer.Serialize(new
        {
            expr = $"sum(tanh(x * {n % 7} + 0.5)) + size(n)",
            @in = new { x = Enumerable.Range(0, n) },
            shape = new { x = "(n)" },
        })));
        Assert.Equal(("", 0), (run.Error, run.Code));
        var answers = run.Output.TrimEnd().Split('\n');
        for (var n = 1; n <= 300; n++)
        {
            using var answer = JsonDocument.Parse(answers[n - 1]);
            Assert.Equal(Enumerable.Range(0, n).Sum(x => Math.Tanh(x * (n % 7) + 0.5)) + n, answer.RootElement.GetProperty("out").GetDouble(), 1e-12 * n);
        }
    }

    /// <summary>Golden cases as a user would write them.</summary>
    private static string? Spelled(GoldenCase c) => c.Op switch
    {
        "elemwise_add" => "in_a + in_b",
        "elemwise_div" => "in_a / in_b",
        "matmul" => "in_a @ in_b",
        "expr tanh(a*b+c)*d" => "tanh(in_a * in_b + in_c) * in_d",
        "expr relu(x@w+b)" => "relu(in_x @ in_w + in_b)",
        "reduce_sum" or "reduce_mean" or "reduce_max" or "reduce_min" => $"{c.Op[7..]}(in_x, axis={Axes(c)}, keepdims={(c.Flag("keepdims") ? "true" : "false")})",
        "unary_tanh" or "unary_exp" or "unary_sigmoid" or "unary_softplus" => $"{c.Op[6..]}(in_x)",
        "conv2d" => Convolution(c),
        _ => null,
    };

    private static string Axes(GoldenCase c) => Translations.AxesOf(c) is { } axes ? $"({string.Join(", ", axes)},)" : "none";

    private static string? Convolution(GoldenCase c) => c.Attributes.GetProperty("border_mode") is not { ValueKind: JsonValueKind.String } border || border.GetString() == "half"
        ? null
        : $"conv2d(in_x, in_w, stride=({string.Join(", ", c.Integers("subsample"))}), padding=\"{border.GetString()}\", dilation=({string.Join(", ", c.Integers("filter_dilation"))}), "
            + $"groups={c.Integers("num_groups")[0]}, flip={(c.Flag("filter_flip") ? "true" : "false")}){(c.Inputs.Contains("b") ? " + reshape(in_b, -1, 1, 1)" : "")}";

    [SharedFact]
    public void Golden_cases_come_out_of_a_batch()
    {
        var cases = GoldenCase.All.Where(c => Spelled(c) is not null).ToList();
        Assert.True(cases.Count > 50, $"{cases.Count} cases");
        Assert.True(cases.Select(c => c.Op).Distinct().Count() > 10);
        var run = Run(cases.Select((c, i) => JsonSerializer.Serialize(new
        {
            expr = Spelled(c),
            @in = Shared.At(["golden", .. c.File.Split('/')]),
            grad = c.Gradients.Select(g => $"in_{g}"),
            cotangent = c.Gradients.Length > 0 ? "cot" : null,
            precision = c.Single ? "float" : "double",
            @out = _folder.At($"{i}.npz"),
        })));
        Assert.Equal(("", 0), (run.Error, run.Code));
        var faults = cases.SelectMany((c, i) =>
        {
            var (golden, found) = (c.Load(), Npz.Read<double>(_folder.At($"{i}.npz")));
            return c.Gradients.Select(g => (Golden: $"grad_{g}", Found: $"grad_in_{g}")).Prepend(("out", "out"))
                .Select(k => GoldenTest.Fault(found[k.Item2], golden[k.Item1], c.Single ? 1e-5 : 1e-9) is { } fault ? $"{c} {k.Item1}: {fault}" : null).OfType<string>();
        }).ToList();
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
