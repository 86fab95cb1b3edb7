using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

/// <summary>Pooling, unfolding, resampling and padding as texts, against values and gradients of another system.</summary>
public sealed class WindowReferenceTest
{
    private static readonly Dictionary<string, string[]> Cases = WindowReference.Cases.Replace("\n    ", " ", StringComparison.Ordinal).Split('\n')
        .Select(line => line.Split(" | ")).ToDictionary(parts => parts[0]);

    public static TheoryData<string> Texts => [.. Cases.Keys];

    private static int[] Sizes(string text) => [.. Words(text).Select(int.Parse)];

    private static IEnumerable<string> Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Tensor<double> Values(string text, int[] sizes) => Tensor<double>.Of(Words(text).Select(w => double.Parse(w, CultureInfo.InvariantCulture)), sizes);

    private static Tensor<double> Made(int[] sizes, Func<int, double> value) =>
        Tensor<double>.Of(Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(value), sizes);

    [Theory]
    [MemberData(nameof(Texts))]
    public void They_agree(string text)
    {
        var (sizes, target) = (Sizes(Cases[text][1]), Sizes(Cases[text][2]));
        var x = Expr.Variable("x", Shape.Of(sizes));
        var y = Parser.Parse(text, new Dictionary<string, Expr> { ["x"] = x });
        Assert.Equal(Shape.Of(target), y.Shape);
        var c = Expr.Variable("c", y.Shape);
        var given = new[] { (x, Made(sizes, i => ((i * 37 + 11) % 101 - 50) / 10.0)), (c, Made(target, i => ((i * 53 + 7) % 23 - 11) / 8.0)) };
        Tensor<double>[] expected = [Values(Cases[text][3], target), Values(Cases[text][4], sizes)];
        Expr[] outputs = [y, Gradient.Of(y, [x], c)[0]];
        foreach (IEvaluator evaluator in (IEvaluator[])[new Interpreted(), new Compiled<double>()])
            foreach (var (found, wanted) in evaluator.Evaluate(outputs, given).Zip(expected))
                Assert.Null(Golden.GoldenTest.Fault(found, wanted, 4e-12));
    }
}
