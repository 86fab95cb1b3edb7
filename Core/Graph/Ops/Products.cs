using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>(…, m, k) (…, k, n) → (…, m, n); the leading lengths are equal.</summary>
    public sealed record MatMul : Op
    {
        public override string Name => "matmul";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.MatMul(this);
    }

    /// <summary>The trilinear form of convolution with one leg left open.</summary>
    public sealed record Convolution(ConvolutionForm Form, Leg Open, Shape OpenSizes) : Op
    {
        public override string Name => Open switch { Leg.Output => "conv", Leg.Input => "conv_input", _ => "conv_kernel" };
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Convolution(this);
    }
}

public partial interface IOpCases<out R>
{
    R MatMul(Op.MatMul op);
    R Convolution(Op.Convolution op);
}

internal sealed partial class ShapeRule
{
    public Shape MatMul(Op.MatMul op)
    {
        RequireArity(2);
        var (a, b) = (Arg(0), Arg(1));
        Require(a.Rank >= 2 && a.Rank == b.Rank, "both must have the same number of axes, at least 2");
        Require(a.Dims[..^2].SequenceEqual(b.Dims[..^2]), "the leading lengths differ");
        Require(a[a.Rank - 1] == b[b.Rank - 2], $"the inner lengths {a[a.Rank - 1]} and {b[b.Rank - 2]} differ");
        return a.With(a.Rank - 1, b[b.Rank - 1]);
    }

    public Shape Convolution(Op.Convolution op)
    {
        RequireArity(2);
        var form = op.Form;
        var rank = form.SpatialRank + 2;
        Require(Arg(0).Rank == rank && Arg(1).Rank == rank, $"both must have {rank} axes: (n, channels, {form.SpatialRank} of space) and (out, in, {form.SpatialRank} of taps)");
        Require(form.SpatialRank is >= 1 and <= 3, "convolution is over 1, 2 or 3 axes of space");
        Require(form.Groups >= 1 && form.Windows.All(w => w is { Stride: >= 1, Dilation: >= 1 }), "groups, strides and dilations must be at least 1");
        Require(op.Open == Leg.Output ? op.OpenSizes.Rank == 0 : op.OpenSizes.Rank == form.SpatialRank, "the sizes of the open leg must be given, one for each axis of space");
        return op.Open switch
        {
            Leg.Output => ConvolutionOutput(form, Arg(0), Arg(1)),
            Leg.Input => ConvolutionInput(form, Arg(0), Arg(1), op.OpenSizes),
            _ => ConvolutionKernel(form, Arg(0), Arg(1), op.OpenSizes),
        };
    }

    private Shape ConvolutionOutput(ConvolutionForm form, Shape x, Shape w)
    {
        Require(x[1] == w[1] * form.Groups, $"the image has {x[1]} channels and the kernel reads {w[1] * form.Groups}");
        Require(Dim.Divide(w[0], form.Groups) is not null, $"{w[0]} filters do not divide into {form.Groups} groups");
        return new([x[0], w[0], .. Enumerable.Range(0, form.SpatialRank).Select(i => WindowCount(form.Windows[i], x[i + 2], w[i + 2], i))]);
    }

    private Dim WindowCount(WindowAxis window, Dim input, Dim kernel, int axis)
    {
        var spread = window.Dilation * (kernel - 1) + 1;
        Require((input + window.Low + window.High - spread).AtLeast(0) == true,
            $"along axis {axis + 2} the kernel spans {spread} of {input + window.Low + window.High} positions (padding included): pad more, or use at most {input + window.Low + window.High} taps");
        return window.Count(input, kernel);
    }

    private Shape ConvolutionInput(ConvolutionForm form, Shape y, Shape w, Shape sizes)
    {
        var x = new Shape([y[0], w[1] * form.Groups, .. sizes]);
        Require(ConvolutionOutput(form, x, w) == y, $"no image of size {sizes} gives {y}");
        return x;
    }

    private Shape ConvolutionKernel(ConvolutionForm form, Shape x, Shape y, Shape sizes)
    {
        Require(Dim.Divide(x[1], form.Groups) is not null, $"{x[1]} channels do not divide into {form.Groups} groups");
        var w = new Shape([y[1], Dim.Divide(x[1], form.Groups)!, .. sizes]);
        Require(ConvolutionOutput(form, x, w) == y, $"no kernel of size {sizes} takes the one to the other");
        return w;
    }
}
