using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>Gradients that start, end or fail elsewhere than usual.</summary>
public sealed class GradientOptionsTest
{
    private static readonly Expr X = Expr.Variable("x", 3);
    private static readonly Expr W = Expr.Variable("w", 3);
    private static readonly Expr Other = Expr.Variable("other", 2, "n");
    private static readonly Expr Hidden = (X * W).Tanh();
    private static readonly Expr Cost = (Hidden.Square() * W).Sum();

    private static double[] Value(Expr e) => Oracle.Evaluate(e, (X, Tensor<double>.Of([0.5, -1, 2], 3)), (W, Tensor<double>.Of([1, 0.25, -0.75], 3))).Span.ToArray();

    private static void Same(Expr expected, Expr found) => Assert.Equal(Value(expected).Select(v => Math.Round(v, 12)), Value(found).Select(v => Math.Round(v, 12)));

    [Fact]
    public void Known_cotangents_take_the_place_of_a_cost()
    {
        var known = GradientOptions.Default with { Known = [new(Hidden, W.Cos())] };
        Same(Gradient.Of(Hidden, [X], W.Cos())[0], Gradient.Of([], [X], known)[0]);
    }

    [Fact]
    public void A_known_cotangent_is_the_whole_of_it()
    {
        var known = GradientOptions.Default with { Known = [new(Hidden, 2 * W)] };
        Same(2 * W, Gradient.Of([Cost], [Hidden], known)[0]);
        // What does not pass through the node flows as before.
        Same(Gradient.Of(Hidden, [W], 2 * W)[0] + Hidden.Square(), Gradient.Of([Cost], [W], known)[0]);
        Assert.DoesNotContain(Tape.Of([Cost], [W], known).Steps, s => s.Node.Args.Zip(s.Contributions).Any(p => p.First == Hidden && p.Second is not null));
    }

    [Fact]
    public void A_graph_is_differentiated_in_two_parts_as_in_one()
    {
        var upper = Gradient.Of([Cost], [Hidden, W], GradientOptions.Default with { StopAt = [Hidden] });
        Same(Hidden.Square(), upper[1]);
        var lower = Gradient.Of([], [X, W], GradientOptions.Default with { Known = [new(Hidden, upper[0])] });
        Same(Gradient.Of(Cost, X), lower[0]);
        Same(Gradient.Of(Cost, W), upper[1] + lower[1]);
    }

    [Fact]
    public void A_node_to_stop_at_is_constant()
    {
        var stop = GradientOptions.Default with { StopAt = [Hidden] };
        Assert.Throws<DisconnectedException>(() => Gradient.Of([Cost], [X], stop));
        Assert.Single(Tape.Of([Cost], [Hidden], stop).Steps, s => s.Node.Args.Contains(Hidden));
    }

    [Fact]
    public void Several_costs_add_up_even_where_one_depends_on_another()
    {
        var first = Hidden.Sum();
        var second = first.Square() + X.Sum();
        Same(Gradient.Of(first + second, X), Gradient.Of([first, second], [X], GradientOptions.Default)[0]);
        Same(Gradient.Of(first + (Hidden * W).Sum(), X), Gradient.Of([first, new Seed(Hidden, W)], [X], GradientOptions.Default)[0]);
        Same(Gradient.Of(2 * first, X), Gradient.Of([first, first], [X], GradientOptions.Default)[0]);
    }

    [Fact]
    public void The_disconnected_raise_or_are_zeros_of_their_shape()
    {
        var raised = Assert.Throws<DisconnectedException>(() => Gradient.Of([Cost, Hidden.Sum()], [X, Other], GradientOptions.Default));
        Assert.Contains("other (2, n)", raised.Message, StringComparison.Ordinal);
        var gradients = Gradient.Of([Cost], [X, Other], GradientOptions.Default with { Disconnected = Disconnected.Zero });
        Same(Gradient.Of(Cost, X), gradients[0]);
        Assert.Equal(Other.Shape, gradients[1].Shape);
        Assert.Equal(new double[4], Oracle.Evaluate(gradients[1], (Other, Tensor<double>.Full(1, 2, 2))).Span.ToArray());
    }

    [Fact]
    public void Cotangents_have_the_shape_of_their_node()
    {
        Assert.Throws<ShapeException>(() => new Seed(Hidden));
        Assert.Throws<ShapeException>(() => new Seed(Hidden, Expr.Variable("u", 4)));
        Assert.Throws<ShapeException>(() => Gradient.Of([Hidden], [X], GradientOptions.Default));
    }
}
