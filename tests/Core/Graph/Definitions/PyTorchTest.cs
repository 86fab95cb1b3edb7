using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Golden;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph.Definitions;

/// <summary>
/// Definitions against PyTorch, case by case: a text of the language, its inputs (those that are held have no gradient), the cotangent, the
/// value after <c>=</c> and the gradients after their names.
/// </summary>
public sealed class PyTorchTest
{
    private sealed record Reference(
        string Text, List<(string Name, Tensor<double> Value, bool Held)> Inputs, Tensor<double> Cotangent,
        double[] Value, List<(string Of, double[] Values)> Gradients);

    private static readonly Dictionary<string, List<Reference>> All = new Dictionary<string, string>
    {
        ["activations"] = ActivationCases.Text,
        ["losses"] = LossCases.Text,
        ["normalisations"] = NormalizationCases.Text,
        ["tensors"] = TensorCases.Text,
        ["convolutions"] = ConvolutionCases.Text,
    }.ToDictionary(p => p.Key, p => Read(p.Value));

    public static TheoryData<string> Groups => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Interpreted(string group) => Check(group, new Interpreted());

    [Theory]
    [MemberData(nameof(Groups))]
    public void Compiled(string group) => Check(group, new Compiled<double>());

    private static void Check(string group, IEvaluator evaluator)
    {
        Assert.NotEmpty(All[group]);
        var faults = All[group].SelectMany(r => Faults(r, evaluator)).ToList();
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private static IEnumerable<string> Faults(Reference r, IEvaluator evaluator)
    {
        var variables = r.Inputs.ToDictionary(i => i.Name, i => Expr.Variable(i.Name, i.Value.Shape));
        var y = Parser.Parse(r.Text, variables);
        if (y.Shape != r.Cotangent.Shape) return [$"{r.Text} has the shape {y.Shape}, not {r.Cotangent.Shape}"];
        var dy = Expr.Variable("dy", y.Shape);
        Expr[] wanted = [y, .. Gradient.Of(y, r.Gradients.Select(g => variables[g.Of]), dy)];
        var found = evaluator.Evaluate(wanted, [.. r.Inputs.Select(i => (variables[i.Name], i.Value)), (dy, r.Cotangent)]);
        return found.Zip([("the value", r.Value), .. r.Gradients])
            .Select(p => (p.Second.Item1, Fault: GoldenTest.Fault(p.First, Tensor<double>.Of(p.Second.Item2, p.First.Sizes.ToArray()), 1e-10, 1)))
            .Where(p => p.Fault is not null).Select(p => $"{r.Text}, {p.Item1}: {p.Fault}");
    }

    private static List<Reference> Read(string text)
    {
        var cases = new List<Reference>();
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (!line.StartsWith(' ')) cases.Add(new(line, [], Tensor<double>.Scalar(0), [], []));
            else if (line.StartsWith("  =", StringComparison.Ordinal)) cases[^1] = cases[^1] with { Value = Numbers(line[3..]) };
            else if (line.Split(" = ") is [var of, var values]) cases[^1].Gradients.Add((of.Trim()[1..], Numbers(values)));
            else if (line.Split(": ") is [var head, var numbers] && head.Trim().Split(' ') is [var name, var sizes, .. var held])
            {
                var lengths = sizes[1..^1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => int.Parse(s, CultureInfo.InvariantCulture));
                var value = Tensor<double>.Of(Numbers(numbers), [.. lengths]);
                if (name == "dy") cases[^1] = cases[^1] with { Cotangent = value };
                else cases[^1].Inputs.Add((name, value, held.Length > 0));
            }
            else throw new FormatException(line);
        }
        return cases;
    }

    private static double[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
}
