using AutoDiffAE.Autoencoders;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Reading;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

/// <summary>What is told layer by layer is the gradient: its equations, evaluated one after the other as they are printed.</summary>
public sealed class LayerDerivationTest
{
    private static (Expr Loss, Expr[] Learned) Small()
    {
        var task = TrainingTask.Reconstruction(new ConvolutionalAutoencoder(6, 6, Filters: 2, FilterSize: 3, Code: 3).Build());
        return (task.Loss, [.. task.Learned]);
    }

    [Fact]
    public void The_equations_of_an_autoencoder_give_its_gradients()
    {
        var (loss, learned) = Small();
        Holds(loss, learned, LayerDerivation.Of(loss, learned));
    }

    [Theory]
    [InlineData("let h = tanh(x @ w + b); let y = softmax(h); sum(y * h)")]
    [InlineData("let h = x @ w; let g = h * h + x @ w; sum(g / (1 + h ** 2))")]
    [InlineData("sum(log(1 + (x @ w) ** 2)) + sum(b)")]
    public void Those_of_a_text_give_its_gradients(string text)
    {
        var variables = new[] { Expr.Variable("x", "n", 3), Expr.Variable("w", 3, 4), Expr.Variable("b", 4) }.ToDictionary(v => Printer.Short(v));
        var cost = Parser.Parse(text, variables);
        var wrt = Traversal.Variables([cost]).ToArray();
        Holds(cost, wrt, LayerDerivation.Of(cost, wrt));
    }

    [Fact]
    public void So_do_those_between_boundaries_that_are_given()
    {
        var (x, w) = (Expr.Variable("x", 2, 3), Expr.Variable("w", 3, 4));
        var (first, cost) = (x.MatMul(w), (Expr)0);
        var second = first.Tanh() + first;
        cost = second.Square().Sum();
        var derivation = LayerDerivation.Of(cost, [w], [("first", first), ("second", second)]);
        Assert.Equal(["first", "second", "cost"], derivation.Layers.Select(l => l.Name));
        Holds(cost, [w], derivation);
    }

    private static void Holds(Expr cost, Expr[] wrt, LayerDerivation derivation)
    {
        var random = new Random(1);
        var inputs = Traversal.Variables([cost]).Select(v => (Variable: v, Value: Random(v.Shape, random))).ToList();
        var expected = Oracle.Evaluate(Gradient.Of(cost, wrt), inputs);
        var known = new Dictionary<string, Tensor<double>>(StringComparer.Ordinal);
        foreach (var (variable, value) in inputs) known[Word(variable)] = value;
        foreach (var layer in derivation.Layers)
        {
            var where = layer.Where.Aggregate(known, (all, w) => With(all, w.Name, w.Formula, null, inputs));
            known[layer.Name] = With(where, "found", layer.Formula, layer.Shape, inputs)["found"];
        }
        foreach (var layer in derivation.Layers.Reverse())
        {
            if (layer.Cotangent is not { } own) continue;
            if (layer.Name == derivation.Cost) known[own] = Tensor<double>.Scalar(1);
            var parts = layer.Parts.Aggregate(known, (all, w) => With(all, w.Name, w.Formula, null, inputs));
            foreach (var equation in layer.Equations)
            {
                var found = With(parts, "found", equation.Formula, equation.Shape, inputs)["found"];
                Assert.Equal(equation.Adds, known.ContainsKey(equation.Target));
                known[equation.Target] = equation.Adds ? Tensor<double>.Of([.. known[equation.Target].Span.ToArray().Zip(found.Span.ToArray(), (a, b) => a + b)], found.Sizes.ToArray()) : found;
            }
        }
        foreach (var ((_, cotangent), value) in derivation.Gradients.Zip(expected))
            Assert.Null(Golden.GoldenTest.Fault(known[cotangent], value, 1e-12, value.Span.ToArray().Select(Math.Abs).Append(1).Max()));
    }

    private static Dictionary<string, Tensor<double>> With(Dictionary<string, Tensor<double>> known, string name, string formula, Shape? shape, List<(Expr Variable, Tensor<double> Value)> inputs)
    {
        // The batch's size is named by the inputs' shapes.
        var shapes = inputs.ToDictionary(i => Word(i.Variable), i => i.Variable.Shape);
        var variables = known.ToDictionary(k => k.Key, k => Expr.Variable(k.Key, shapes.GetValueOrDefault(k.Key) ?? Named(k.Value.Shape)));
        var read = Parser.Parse(formula, variables);
        if (shape is not null && read.Shape != shape && read.Rank == 0) read = read.BroadcastTo(shape);
        return new(known) { [name] = Oracle.Evaluate(read, known.Select(k => (variables[k.Key], k.Value))) };
    }

    /// <summary>The shape with its batch axis, of length <see cref="Batch"/>, under its name.</summary>
    private static Shape Named(Shape shape) => new([.. shape.Select((d, i) => i == 0 && d.Is(Batch) ? Dim.Named("n") : d)]);

    private const int Batch = 5;

    private static string Word(Expr variable) => Printer.Short(variable).Replace('/', '_');

    private static Tensor<double> Random(Shape shape, Random random)
    {
        int[] sizes = [.. shape.Select(d => (int)(d.Value ?? Batch))];
        return Tensor<double>.Of([.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextDouble() - 0.5)], sizes);
    }

    [Fact]
    public void The_standard_autoencoder_takes_a_screenful()
    {
        var task = TrainingTask.Reconstruction(new ConvolutionalAutoencoder(28, 28).Build());
        var lines = DerivationText.Lines(LayerDerivation.Of(task.Loss, task.Learned)).ToList();
        Assert.InRange(lines.Count, 20, 60);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
        Assert.Contains(lines, line => line.Contains("conv2d 32@7x7", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("gradient (3872, 40)", StringComparison.Ordinal));
    }

    [Fact]
    public void In_Markdown_each_layer_opens()
    {
        var (loss, learned) = Small();
        var lines = DerivationMarkdown.Lines(LayerDerivation.Of(loss, learned)).ToList();
        Assert.Equal(10, lines.Count(l => l.StartsWith("<details>", StringComparison.Ordinal)));
        Assert.Equal(10, lines.Count(l => l == "</details>"));
    }
}
