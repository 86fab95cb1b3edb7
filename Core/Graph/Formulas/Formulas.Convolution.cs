using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>
    /// Transposed convolution of (n, in, space…) with kernels (in, out / groups, space…), as PyTorch's conv_transpose: the gradient of the
    /// convolution that takes the result to x. Along each axis it has (m - 1) stride - low - high + dilation (k - 1) + output padding + 1 places.
    /// </summary>
    /// <param name="x">(n, in, space…)</param>
    /// <param name="kernel">(in, out / groups, space…)</param>
    /// <param name="windows">How the windows of that convolution move; plainly when not given.</param>
    /// <param name="outputPadding">Places more at the end of each axis, less than the stride: which of the possible sizes the result has.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="flip">Whether that convolution reverses the kernel.</param>
    /// <exception cref="ShapeException">Channels or sizes do not fit.</exception>
    public static Expr ConvolveTransposed(
        this Expr x, Expr kernel, IEnumerable<WindowAxis>? windows = null, IReadOnlyList<int>? outputPadding = null, int groups = 1, bool flip = false)
    {
        var rank = Math.Max(x.Rank - 2, 0);
        var axes = windows is null ? Enumerable.Repeat(WindowAxis.Plain, rank).ToSequence() : windows.ToSequence();
        var more = outputPadding ?? [.. Enumerable.Repeat(0, rank)];
        if (kernel.Rank != x.Rank || axes.Count != rank || more.Count != rank)
            throw Refusal.Of("conv_transpose", [x, kernel],
                $"both must have the same number of axes, {rank} of space, with a window and an output padding each", Origin.Here());
        for (var i = 0; i < rank; i++)
            if (more[i] < 0 || more[i] >= Math.Max(axes[i].Stride, 1))
                throw Refusal.Of("conv_transpose", [x, kernel], $"an output padding of {more[i]} is not less than the stride {axes[i].Stride}", Origin.Here());
        var sizes = new Shape([.. Enumerable.Range(0, rank).Select(i =>
            (x.Shape[i + 2] - 1) * axes[i].Stride - axes[i].Low - axes[i].High + axes[i].Dilation * (kernel.Shape[i + 2] - 1) + more[i] + 1)]);
        return Expr.Of(new Op.Convolution(new ConvolutionForm(axes, groups, flip), Leg.Input, sizes), x, kernel);
    }
}
