using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Core.Shapes;

public sealed class ShapeTest
{
    [Fact]
    public void Shapes_axes_and_sequences_are_equal_by_value()
    {
        Assert.Equal(Shape.Of("n", 3), Shape.Of("n", 3));
        Assert.Equal(Shape.Of("n", 3).GetHashCode(), Shape.Of("n", 3).GetHashCode());
        Assert.NotEqual(Shape.Of(3), Shape.Of(3, 1));
        Assert.True(Shape.Scalar == Shape.Of());
        Assert.True(Axes.Of([0, 2]).Equals(Axes.Of([0, 2])));
        Assert.Equal(Axes.Of([0, 2]).GetHashCode(), Axes.Of([0, 2]).GetHashCode());
        Assert.False(Axes.Of([0, 2]).Equals(Axes.Of([2, 0])));
        Sequence<StridedRange> a = [new(0, 3), new(1, "n", -1)], b = [new(0, 3), new(1, "n", -1)];
        Assert.True(a.Equals(b));
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }

    [Fact]
    public void Operations_are_equal_by_their_attributes()
    {
        Assert.Equal(new Op.Sum([0, 1]), new Op.Sum([0, 1]));
        Assert.Equal(new Op.Slice([new(0, 3)]), new Op.Slice([new(0, 3)]));
        Assert.Equal(new ConvolutionForm([WindowAxis.Plain], 2), new ConvolutionForm([WindowAxis.Plain], 2));
        Assert.NotEqual(new ConvolutionForm([new(2)]), new ConvolutionForm([WindowAxis.Plain]));
    }

    [Fact]
    public void Axes_count_from_either_end()
    {
        var shape = Shape.Of(2, 3, 4);
        Assert.Equal(2, shape.Axis(-1));
        Assert.Contains("axis 3 does not exist: the shape (2, 3, 4)", Assert.Throws<ShapeException>(() => shape.Axis(3)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Axes.Normalized(shape, [0, -3]));
        Assert.Equal([0, 2], Axes.Normalized(shape, [-1, 0]));
    }

    [Fact]
    public void An_inverse_order_undoes_the_order() => Case.ForAll(d =>
    {
        var order = Axes.Of(d.Shuffled(d.Int(0, 5)));
        Assert.Equal(Axes.All(order.Count), order.Select(i => order.Inverse[i]));
    });

    [Fact]
    public void Broadcasting_is_commutative_associative_and_idempotent_with_a_scalar_as_its_unit() => Case.ForAll(d =>
    {
        Shape Any() => new([.. d.Lengths().Select(l => d.Coin() ? l.Dim : 1)]);
        var (a, b, c) = (Any(), Any(), Any());
        Assert.Equal(a, Broadcast.Common(a, a));
        Assert.Equal(a, Broadcast.Common(a, Shape.Scalar));
        Assert.Equal(Broadcast.Common(a, b), Broadcast.Common(b, a));
        Assert.Equal(Broadcast.Common(a, b, c), Broadcast.Common(b, c) is { } bc ? Broadcast.Common(a, bc) : null);
        if (Broadcast.Common(a, b) is { } common)
        {
            var repeated = Broadcast.Repeated(a, common);
            Assert.Equal(a.Size, common.Without(repeated).Size);
        }
    });
}
