using System.Runtime.CompilerServices;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph;

/// <summary>Graphs that are wrong are refused where they are built, in words that name the operands, their shapes and the line.</summary>
public sealed class RefusalTest
{
    private static readonly Expr A = Expr.Variable("image", 2, 3);
    private static readonly Expr B = Expr.Variable("filter", 4, 5);

    private static void Refuses(Func<Expr> build, string operation, string[] words, [CallerLineNumber] int line = 0)
    {
        var message = Assert.Throws<ShapeException>(build).Message;
        Assert.StartsWith(operation, message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
        Assert.Contains($"(at RefusalTest.cs:{line})", message, StringComparison.Ordinal);
    }

    private static readonly string[] Both = ["image (2, 3) [RefusalTest.cs:", "filter (4, 5) [RefusalTest.cs:"];

    [Fact]
    public void Of_two_operands()
    {
        Refuses(() => A + B, "add of", Both);
        Refuses(() => Formulas.Maximum(A, B), "maximum of", Both);
        Refuses(() => A.MatMul(B), "matmul of", [.. Both, "inner lengths 3 and 4"]);
        Refuses(() => Expr.Of(new Op.MatMul(), A, B), "matmul of", Both);
        Refuses(() => Formulas.Concatenate([A, B]), "concat of", Both);
        Refuses(() => A.Convolve(B), "conv of", Both);
        Refuses(() => Expr.Of(new Op.Map(Scalars.ScalarFunction.Binary<Scalars.Add>()), A, B), "add of", Both);
        Refuses(() => Formulas.Where(A, B, 1), "where of", Both);
    }

    [Fact]
    public void Of_a_convolution()
    {
        var image = Expr.Variable("image", "n", 3, 5, 5);
        Refuses(() => image.Convolve(Expr.Variable("filter", 2, 4, 3, 3)), "conv of", ["image (n, 3, 5, 5)", "filter (2, 4, 3, 3)", "3 channels"]);
        Refuses(() => image.Convolve(Expr.Variable("filter", 2, 3, 7, 7)), "conv of", ["image (n, 3, 5, 5)", "filter (2, 3, 7, 7)", "spans 7 of 5"]);
        Refuses(() => image.Convolve(Expr.Variable("filter", 3, 1, 2, 2), groups: 2), "conv of", ["image (n, 3, 5, 5)", "filter (3, 1, 2, 2)"]);
        Refuses(() => Expr.Of(new Op.Convolution(new([WindowAxis.Plain, WindowAxis.Plain]), Leg.Input, Shape.Of(9, 9)), image, Expr.Variable("filter", 3, 1, 2, 2)), "conv_input of", ["no image of size (9, 9)"]);
        Refuses(() => Expr.Of(new Op.Convolution(new([WindowAxis.Plain, WindowAxis.Plain]), Leg.Kernel, Shape.Of(2, 2)), image, Expr.Variable("filter", "n", 1, 2, 2)), "conv_kernel of", ["no kernel of size (2, 2)"]);
    }

    [Fact]
    public void Of_one_operand()
    {
        string[] one = ["image (2, 3) [RefusalTest.cs:"];
        Refuses(() => A.Reshape(7), "reshape of", [.. one, "6 elements"]);
        Refuses(() => A.Reshape(4, -1), "reshape of", one);
        Refuses(() => A.BroadcastTo(Shape.Of(3, 3)), "broadcast_to of", one);
        Refuses(() => A.Permute(0, 0), "permute of", one);
        Refuses(() => A.Slice(1, new StridedRange(2, 2)), "slice of", one);
        Refuses(() => A.Slice(1, new StridedRange(0, 3, -1)), "slice of", one);
        Refuses(() => A.Pad((1, 1)), "pad of", one);
        Refuses(() => Expr.Of(new Op.Sum([1, 0]), A), "sum of", one);
        Refuses(() => A.Windows(new TapAxis(2), new TapAxis(2, 1, 3)), "windows of", [.. one, "along axis 1 a window spans 4 of 3 positions: pad more, or use smaller windows"]);
        Refuses(() => A.Windows(new TapAxis(1), new TapAxis(1), new TapAxis(1)), "windows of", [.. one, "need as many axes"]);
        Refuses(() => A.Windows(default(TapAxis)), "windows of", [.. one, "must be at least 1"]);
        Refuses(() => Expr.Of(new Op.FoldWindows([new(2)], Shape.Of(3)), A), "fold_windows of", [.. one, "the windows of (3) have the shape (2, 2)"]);
        Refuses(() => Expr.Of(new Op.FoldWindows([new(2)], Shape.Of(3, 3)), A), "fold_windows of", [.. one, "a length for each of the 1 axes"]);
        Refuses(() => A.MaxPool([new PoolWindow(2, Padding: 2)]), "max_pool of", [.. one, "half of a window"]);
        Refuses(() => A.AveragePool([new PoolWindow(2, Dilation: 2)]), "avg_pool of", [.. one, "a dilation of 1 would do"]);
        Refuses(() => A.Unfold(2), "unfold of", [.. one, "images (n, channels, 1 of space) would fit"]);
        Refuses(() => A.PixelShuffle(2), "pixel_shuffle of", one);
    }

    [Fact]
    public void Of_an_axis_that_does_not_exist()
    {
        Assert.Contains("axis 2 does not exist", Assert.Throws<ShapeException>(() => A.Sum([2])).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ShapeException>(() => A.Max([0, -2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_maximum_over_nothing() =>
        Refuses(() => Expr.Variable("image", 0, 3).Max([0]), "max of", ["image (0, 3)", "length 0"]);

    [Fact]
    public void Of_a_call_and_of_a_definition_with_a_free_variable()
    {
        var x = Expr.Variable("x", 3);
        var definition = new Definition("twice", [x], x + x);
        Refuses(() => Expr.Of(new Op.Call(definition), A), "twice of", ["image (2, 3)", "takes x (3)"]);
        Assert.Contains("image", Assert.Throws<ArgumentException>(() => new Definition("open", [x], A.Sum())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Within_a_scope_names_it() => Assert.Contains("(in encoder/conv1)",
        Assert.Throws<ShapeException>(() => Origin.Within("encoder", () => Origin.Within("conv1", () => A + B))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_gradient_needs_a_scalar_or_a_seed_that_fits()
    {
        Assert.Contains("(2, 3)", Assert.Throws<ShapeException>(() => Gradient.Of(A, A)).Message, StringComparison.Ordinal);
        Assert.Contains("(4, 5)", Assert.Throws<ShapeException>(() => Gradient.Of(A, [A], B)).Message, StringComparison.Ordinal);
    }
}
