using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Definitions with a pullback of their own.</summary>
public sealed class CustomOpTest
{
    private static double[] Value(Expr e, Expr x, params double[] at) => Oracle.Evaluate(e, (x, Tensor<double>.Of(at, at.Length))).Span.ToArray();

    /// <summary>All laws that the operation must obey.</summary>
    private static void Checked(Func<Draw, Expr> build)
    {
        Case.ForAll(d => GradientLaw.First(build(d), d, Oracle.Options), 60);
        Case.ForAll(d => GradientLaw.Second(build(d), d, Oracle.Options), 60);
        Case.ForAll(d => PushforwardLaw.Holds(build(d), d, Oracle.Options), 60);
    }

    // Each value of an image (n, channels, height, width) repeated in a square block; its pullback adds each block up.
    private static CustomOp Unpooling(int k) => CustomOp.Unary("unpooling",
        x => x.Reshape(x.Shape[0], x.Shape[1], x.Shape[2], 1, x.Shape[3], 1)
            .BroadcastTo(Shape.Of(x.Shape[0], x.Shape[1], x.Shape[2], k, x.Shape[3], k))
            .Reshape(x.Shape[0], x.Shape[1], x.Shape[2] * k, x.Shape[3] * k),
        (x, _, dy) => dy.Reshape(x.Shape[0], x.Shape[1], x.Shape[2], k, x.Shape[3], k).Sum([3, 5]));

    [Fact]
    public void Unpooling_takes_a_few_lines()
    {
        Checked(d => Unpooling(d.Int(2, 3)).Apply(d.Input([d.Named(), d.Int(1, 2), d.Int(1, 3), d.Int(1, 3)])).Sin());
        var x = Expr.Variable("x", "n", 1, 2, 2);
        var compiled = new Compiled<double>().Evaluate([Unpooling(2).Apply(x), x.Repeat(2, 2)], [(x, Tensor<double>.Of([1, 2, 3, 4], 1, 1, 2, 2))]);
        Assert.Equal(compiled[1].Span.ToArray(), compiled[0].Span.ToArray());
        Assert.Contains("unpooling(x)", Unpooling(2).Apply(x).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pullback_may_use_the_value_and_all_arguments()
    {
        var op = new CustomOp("weighted_exp", a => a[0].Exp() * a[1].Reshape(a[1].Shape[0], 1), (a, y, dy) => [dy * y, (dy * a[0].Exp()).Sum([1])]);
        Checked(d => op.Apply(d.Input([2, 3]), d.Input([2])));
        var unsummed = op with { Pullback = (a, y, dy) => [dy * y, dy * a[0].Exp()] };
        Assert.Throws<ShapeException>(() => unsummed.Apply(Expr.Variable("x", 2, 3), Expr.Variable("w", 2)));
    }

    [Fact]
    public void A_pullback_that_is_wrong_is_caught() =>
        Assert.ThrowsAny<Exception>(() => Checked(d => CustomOp.Unary("wrong", x => x.Square(), (x, _, dy) => dy * x).Apply(d.Input([2]))));

    [Fact]
    public void A_pullback_takes_the_place_of_the_chain_rule()
    {
        var x = Expr.Variable("x", 3);
        var straight = CustomOp.Unary("straight_through", v => v.Floor(), (_, _, dy) => dy).Apply(x);
        Assert.Equal([0, 1, -2], Value(straight, x, 0.5, 1.5, -1.5));
        Assert.Equal([1, 1, 1], Value(Gradient.Of(straight.Sum(), x), x, 0.5, 1.5, -1.5));
        Assert.Throws<DisconnectedException>(() => Gradient.Of(new CustomOp("held", a => a[0], (_, _, _) => [null]).Apply(x).Sum(), x));
        Assert.Throws<ArgumentException>(() => CustomOp.Unary("open", v => v, (_, _, dy) => dy * Expr.Variable("z")).Apply(x));
    }

    [Fact]
    public void A_scaled_gradient_leaves_the_value()
    {
        var x = Expr.Variable("x", 3);
        var y = x.ScaleGradient(-0.5).Square();
        Assert.Equal([1, 4, 9], Value(y, x, 1, 2, 3));
        Assert.Equal([-1, -2, -3], Value(Gradient.Of(y.Sum(), x), x, 1, 2, 3));
        Assert.Equal([-1, -2, -3], Value(Jvp.Of(y, x, Expr.Constant(Tensor<double>.Full(1, 3))), x, 1, 2, 3));
    }

    [Fact]
    public void A_clipped_gradient_leaves_the_value()
    {
        var x = Expr.Variable("x", 4);
        var y = x.ClipGradient(-1, 3).Square();
        Assert.Equal([0.25, 4, 9, 1], Value(y, x, 0.5, 2, -3, -1));
        Assert.Equal([1, 3, -1, -1], Value(Gradient.Of(y.Sum(), x), x, 0.5, 2, -3, -1));
        Assert.Equal([1, 4, -6, -2], Value(Jvp.Of(y, x, Expr.Constant(Tensor<double>.Full(1, 4))), x, 0.5, 2, -3, -1));
        Assert.Throws<ArgumentException>(() => x.ClipGradient(1, -1));
    }
}
