using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Forward mode, for every operation that exists.</summary>
public sealed class PushforwardTest
{
    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    [Fact]
    public void Gradients_of_random_graphs_are_pushed_forward_too() => Case.ForAll(d =>
    {
        var y = GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator)[0];
        var gradient = Tape.Of(y.Sum(), d.Inputs.Select(i => i.Variable)).Results.OfType<Expr>().FirstOrDefault();
        if (gradient is not null) PushforwardLaw.Holds(gradient, d, Oracle.Options with { Cancellation = Math.ScaleB(1, -52) });
    }, 60);

    private sealed class WrongProduct : Pushforwards
    {
        public override Pushforward MatMul(Op.MatMul op) => base.MatMul(op) is var right
            ? right with { Tangent = (y, t) => right.Tangent(y, [t[0], t[1] is { } db ? -db : null]) }
            : throw new InvalidOperationException();
    }

    [Fact]
    public void A_wrong_rule_is_caught() =>
        Assert.ThrowsAny<Exception>(() => Case.ForAll(d => PushforwardLaw.Holds(Samplers["matmul"].Build(d), d, Oracle.Options with { Pushforwards = new WrongProduct() })));

    [Fact]
    public void A_call_is_pushed_forward_as_a_definition()
    {
        var (x, t) = (Expr.Variable("x", 2, 3), Expr.Variable("t", 2, 3));
        var jv = Jvp.Of(x.Mean([1]), x, t);
        Assert.Equal("mean_pushforward", Assert.IsType<Op.Call>(jv.Op).Name);
        Assert.True(jv.Args.SequenceEqual([x, t]));
    }

    [Fact]
    public void Tangents_of_a_node_and_of_what_it_is_made_of_add_up()
    {
        var x = Expr.Variable("x", 2);
        var h = x.Square();
        var jv = Jvp.Of([h * 3], [(x, Expr.Constant(Tensor<double>.Of([1, 1], 2))), (h, Expr.Constant(Tensor<double>.Of([10, 20], 2)))])[0];
        Assert.Equal([(10 + 2 * 5) * 3, (20 + 2 * 7) * 3], Oracle.Evaluate(jv, (x, Tensor<double>.Of([5, 7], 2))).Span.ToArray());
    }

    [Fact]
    public void The_disconnected_raise_or_are_zeros()
    {
        var (x, y) = (Expr.Variable("x", 3), Expr.Variable("y", 2));
        Assert.Throws<DisconnectedException>(() => Jvp.Of(y, x, x));
        Assert.Throws<DisconnectedException>(() => Jvp.Of(x.StopGradient(), x, x));
        Assert.Throws<DisconnectedException>(() => Jvp.ByDoublePullback([x.StopGradient()], [(x, x)]));
        Assert.Equal(new double[2], Oracle.Evaluate(Jvp.Of([y], [(x, x)], disconnected: Disconnected.Zero)[0]).Span.ToArray());
        Assert.Throws<ShapeException>(() => Jvp.Of(x, x, y));
    }

    [Fact]
    public void A_zero_tangent_times_an_infinite_derivative_is_0()
    {
        var (x, t) = (Expr.Variable("x", 2), Expr.Variable("t", 2));
        Assert.Equal([0, 0.25], Oracle.Evaluate(Jvp.Of(x.Sqrt(), x, t), (x, Tensor<double>.Of([0, 4], 2)), (t, Tensor<double>.Of([0, 1], 2))).Span.ToArray());
    }
}
