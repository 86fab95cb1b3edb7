using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>numpy's matmul: vectors are rows on the left and columns on the right, leading axes are broadcast.</summary>
    /// <exception cref="ShapeException">The inner lengths differ, an operand is a scalar, or the leading axes do not broadcast.</exception>
    public static Expr MatMul(this Expr a, Expr b)
    {
        if (a.Rank == 0 || b.Rank == 0) throw Refusal.Of("matmul", [a, b], "a scalar has no axis to multiply along", Origin.Here());
        var (across, down) = (a.Shape[a.Rank - 1], b.Shape[Math.Max(b.Rank - 2, 0)]);
        if ((a.Rank == 1 || b.Rank == 1) && across != down) throw Refusal.Of("matmul", [a, b], $"the inner lengths {across} and {down} differ", Origin.Here());
        if (a.Rank == 1) return MatMul(a.Reshape(1, a.Shape[0]), b) is var row ? row.Reshape(new Shape(row.Shape.Dims.RemoveAt(Math.Max(row.Rank - 2, 0)))) : row;
        if (b.Rank == 1) return MatMul(a, b.Reshape(b.Shape[0], 1)) is var column ? column.Reshape(new Shape(column.Shape.Dims[..^1])) : column;
        var lead = Broadcast.Common(Lead(a), Lead(b))
            ?? throw Refusal.Of("matmul", [a, b], "the leading axes do not broadcast", Origin.Here());
        return Expr.Of(new Op.MatMul(), Over(a, lead), Over(b, lead));
    }

    private static Shape Lead(Expr e) => new(e.Shape.Dims[..^2]);

    private static Expr Over(Expr e, Shape lead) => e.BroadcastTo(new Shape([.. lead, .. e.Shape.Dims[^2..]]));

    /// <summary>
    /// Convolution of images (n, channels, space…) with kernels (out, in / groups, space…). Without <paramref name="flip"/> it
    /// is the cross-correlation of neural networks; with it, true convolution.
    /// </summary>
    /// <exception cref="ShapeException">Channels or sizes do not fit.</exception>
    public static Expr Convolve(this Expr x, Expr kernel, IEnumerable<WindowAxis>? windows = null, int groups = 1, bool flip = false)
    {
        var axes = windows is null ? Enumerable.Repeat(WindowAxis.Plain, Math.Max(x.Rank - 2, 0)).ToSequence() : windows.ToSequence();
        return Expr.Of(new Op.Convolution(new ConvolutionForm(axes, groups, flip), Leg.Output, Shape.Scalar), x, kernel);
    }
}
