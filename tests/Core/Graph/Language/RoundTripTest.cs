using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph.Language;

/// <summary>The law: what is printed parses back to the same graph.</summary>
public sealed class RoundTripTest
{
    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    public static TheoryData<string> Names => [.. Samplers.Keys];

    private static void Holds(Expr e)
    {
        var text = Printer.Print(e);
        // The sizes that a gradient names may come from a variable that it does not mention.
        Dim[] sizes = [.. Traversal.Topological([e]).SelectMany(n => n.Shape).SelectMany(d => d.Names).Distinct().Select(Dim.Named)];
        var known = new Dictionary<string, Expr>(Printer.Variables(e)) { ["another variable of the model"] = Expr.Variable("another", sizes) };
        var back = Parser.Parse(text, known);
        Assert.True(SameGraph.Of(e, back), $"{text}\nbecame\n{Printer.Print(back)}");
        Assert.Equal(e.Shape, back.Shape);
    }

    internal static void HoldsWithGradients(Expr y, IEnumerable<Expr> variables)
    {
        Holds(y);
        var inputs = variables.ToList();
        foreach (var first in Tape.Of(y, inputs, null, Expr.Variable("seed", y.Shape)).Results.OfType<Expr>())
        {
            Holds(first);
            foreach (var second in Tape.Of(first.Sum(), inputs).Results.OfType<Expr>()) Holds(second);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void For_every_operation_and_its_gradients(string operation) =>
        Case.ForAll(d => HoldsWithGradients(Samplers[operation].Build(d), d.Inputs.Where(i => i.Varies).Select(i => i.Variable)), 40);

    [Fact]
    public void For_numbers_that_are_easily_lost()
    {
        var x = Expr.Variable("x", 2, 3);
        foreach (var value in (double[])[0.0, -0.0, 1.0 / 3, 1e-300, -1e300, 5e-324, 1e20, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN, -2])
        {
            Holds(value);
            Holds(x * value);
            Holds(value - x);
            Holds(-(Expr)value);
            Holds(-(-(Expr)value));
            Holds(((Expr)value).BroadcastTo(Shape.Of(2, 2)) * ((Expr)value).BroadcastTo(Shape.Of(1, 2)).BroadcastTo(Shape.Of(2, 2)));
            foreach (int[] sizes in (int[][])[[], [1], [1, 1], [2], [0], [2, 0], [2, 3], [8, 8]]) Holds(Expr.Constant(Tensor<double>.Full(value, sizes)));
        }
    }

    [Fact]
    public void For_nodes_that_change_nothing()
    {
        var x = Expr.Variable("x", "n", 3);
        Holds(Expr.Of(new Op.Reshape(x.Shape), x));
        Holds(Expr.Of(new Op.BroadcastTo(x.Shape), x) + x);
        Holds(Expr.Of(new Op.Permute([0, 1]), x));
        Holds(Expr.Of(new Op.Slice([StridedRange.All("n"), StridedRange.All(3)]), x));
        Holds(Expr.Of(new Op.Sum([]), x));
        Holds(x.BroadcastTo(["n", "n", 3]).Tanh());
        Holds(Expr.Of(new Op.Slice([new(5, 0), new(7, 0, -3)]), x));
        Holds(Expr.Of(new Op.MatMul(), x.BroadcastTo([4, "n", 3]), Expr.Variable("w", 3, 2).BroadcastTo([4, 3, 2])));
        Holds(Formulas.SizeOf(Dim.FloorDivide((Dim)"n" * "n" * 3 + "n" - 1, 2) * "n" - 4) * x);
    }

    [Fact]
    public void For_names_that_are_no_words_or_stand_twice()
    {
        Expr a = Expr.Variable("encoder/conv 1", 2), b = Expr.Variable("let", 2), c = Expr.Variable("sum", 2), d = Expr.Variable("sum", 2);
        var y = (a * b).Named("sum");
        Holds(y * y + c.Sum() * d);
        Holds(Definition.Apply("tanh", [c, d], p => p[0].Exp() * p[1] + p[0].Exp()) + c.Tanh());
        Holds(Definition.Apply("two words", [a], p => p[0] * p[0]) + a);
    }

    [Fact]
    public void For_graphs_that_are_deep()
    {
        var (x, sum) = (Expr.Variable("x", 2), (Expr)Expr.Variable("x", 2));
        for (var i = 0; i < 3000; i++) sum = i % 3 == 0 ? sum.Tanh() : i % 3 == 1 ? sum + x : 0.5 * (sum + 1);
        Holds(sum);
        var shared = x;
        for (var i = 0; i < 60; i++) shared = shared.Sum().BroadcastTo(Shape.Of(2)) + shared.Sum();
        Holds(shared);
    }
}
