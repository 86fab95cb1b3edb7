using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>Convolutions as a text writes them: stride, padding, dilation, groups, flip.</summary>
internal static class Windows
{
    public static readonly string Options = "stride=1, padding=\"valid\", dilation=1, groups=1, flip=false";

    /// <summary>conv1d, conv2d and conv3d, the forms with another leg open, and conv_transpose in PyTorch's layout.</summary>
    public static IEnumerable<NamedFunction> Functions(int rank) =>
    [
        NamedFunction.Of($"conv{rank}d(x, w, {Options})", a => Built(a, rank, Leg.Output, "x", "w", Shape.Scalar)),
        NamedFunction.Of($"conv{rank}d_input(y, w, size, {Options})", a => Built(a, rank, Leg.Input, "y", "w", a.Shape("size"))),
        NamedFunction.Of($"conv{rank}d_kernel(x, y, size, {Options})", a => Built(a, rank, Leg.Kernel, "x", "y", a.Shape("size"))),
        NamedFunction.Of($"conv_transpose{rank}d(x, w, stride=1, padding=0, output_padding=0, groups=1, dilation=1, flip=false)", a => Transposed(a, rank)),
    ];

    /// <summary>The options as they print: those that are not the usual ones.</summary>
    public static IEnumerable<string> Spelled(Op.Convolution op)
    {
        var (windows, form) = (op.Form.Windows, op.Form);
        string Each(IEnumerable<int> values) => values.Distinct().Count() == 1 ? $"{values.First()}" : Tuple(values);
        if (op.Open != Leg.Output) yield return $"size={op.OpenSizes}";
        if (windows.Any(w => w.Stride != 1)) yield return $"stride={Each(windows.Select(w => w.Stride))}";
        if (windows.Any(w => (w.Low, w.High) != (0, 0)))
            yield return windows.All(w => w.Low == w.High) ? $"padding={Each(windows.Select(w => w.Low))}" : $"padding={Tuple(windows.Select(w => $"({w.Low}, {w.High})"))}";
        if (windows.Any(w => w.Dilation != 1)) yield return $"dilation={Each(windows.Select(w => w.Dilation))}";
        if (form.Groups != 1) yield return $"groups={form.Groups}";
        if (form.Flip) yield return "flip=true";
    }

    private static string Tuple<T>(IEnumerable<T> items) => items.ToList() is [var one] ? $"({one},)" : $"({string.Join(", ", items)})";

    private static Expr Transposed(Arguments a, int rank)
    {
        var (x, w) = (a.Array("x"), a.Array("w"));
        return x.ConvolveTransposed(w, Axes(a, rank, w.Shape), a.Each("output_padding", rank), a.Whole("groups"), a.Flag("flip"));
    }

    private static Expr Built(Arguments a, int rank, Leg open, string first, string second, Shape size)
    {
        var (p, q) = (a.Array(first), a.Array(second));
        var windows = Axes(a, rank, open == Leg.Kernel ? new Shape([1, 1, .. size]) : q.Shape);
        return Expr.Of(new Op.Convolution(new(windows, a.Whole("groups"), a.Flag("flip")), open, size), p, q);
    }

    /// <param name="kernel">The kernel's shape, its axes of space behind the first two.</param>
    private static Sequence<WindowAxis> Axes(Arguments a, int rank, Shape kernel)
    {
        var (strides, dilations) = (a.Each("stride", rank), a.Each("dilation", rank));
        var padding = Padding(a, rank, i => dilations[i] * (kernel[i + 2] - 1));
        return Enumerable.Range(0, rank).Select(i => new WindowAxis(strides[i], dilations[i], padding[i].Low, padding[i].High)).ToSequence();
    }

    /// <param name="reach">How far a kernel reaches along an axis: its span less 1.</param>
    private static ImmutableArray<(int Low, int High)> Padding(Arguments a, int rank, Func<int, Dim> reach)
    {
        int Reach(int axis) => (int)(reach(axis).Value ?? throw a.Refuse("padding", "the kernel's size must be a number for this padding"));
        var axes = Enumerable.Range(0, rank);
        return a["padding"] switch
        {
            Syntax.Text { Value: "valid" } => [.. axes.Select(_ => (0, 0))],
            Syntax.Text { Value: "same" } => [.. axes.Select(i => (Reach(i) / 2, Reach(i) - Reach(i) / 2))],
            Syntax.Text { Value: "half" } => [.. axes.Select(i => ((Reach(i) + 1) / 2, (Reach(i) + 1) / 2))],
            Syntax.Text { Value: "full" } => [.. axes.Select(i => (Reach(i), Reach(i)))],
            Syntax.Text => throw a.Refuse("padding", "padding is \"valid\", \"same\", \"half\", \"full\", a number, or a number or a pair for each axis"),
            Syntax.Tuple t when t.Items.Length == rank => [.. t.Items.Select(i => i is Syntax.Tuple
                ? (a.Whole(a.Parts(i, 2)[0]), a.Whole(a.Parts(i, 2)[1]))
                : (a.Whole(i), a.Whole(i)))],
            Syntax.Tuple => throw a.Refuse("padding", $"padding is one number, or {rank} of them"),
            var one => [.. axes.Select(_ => (a.Whole(one), a.Whole(one)))],
        };
    }
}
