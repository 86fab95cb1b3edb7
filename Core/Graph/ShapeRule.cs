using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>The shape of each operation's result, or the reason why its arguments do not fit.</summary>
internal sealed class ShapeRule(Op operation, ImmutableArray<Expr> args, Origin origin) : IOpCases<Shape>
{
    private ShapeException Refuse(string reason) => Refusal.Of(operation.Name, args, reason, origin);

    private void Require(bool condition, string reason)
    {
        if (!condition) throw Refuse(reason);
    }

    private Shape Arg(int index = 0) => args[index].Shape;

    private void RequireArity(int arity) => Require(args.Length == arity, $"takes {arity} arguments, not {args.Length}");

    public Shape Variable(Op.Variable op) => op.Shape;

    public Shape Constant(Op.Constant op) => op.Value.Shape;

    public Shape Literal(Op.Literal op) => Shape.Scalar;

    public Shape SizeOf(Op.SizeOf op) => Shape.Scalar;

    public Shape Map(Op.Map op)
    {
        RequireArity(op.Function.Arity);
        Require(args.All(a => a.Shape == Arg()), "all arguments must have one shape");
        return Arg();
    }

    public Shape Sum(Op.Sum op) => Reduced(op.Axes);

    public Shape Maximum(Op.Maximum op)
    {
        Require(op.Axes.All(a => Arg()[a].AtLeast(1) == true), "the maximum over an axis of length 0 does not exist");
        return Reduced(op.Axes);
    }

    private Shape Reduced(Axes axes)
    {
        RequireArity(1);
        Require(axes.SequenceEqual(Axes.Normalized(Arg(), axes)), "axes must be counted from the front and ascend");
        return Arg().Without(axes);
    }

    public Shape MaximumIndicator(Op.MaximumIndicator op)
    {
        _ = Reduced(op.Axes);
        return Arg();
    }

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

    public Shape Reshape(Op.Reshape op)
    {
        RequireArity(1);
        Require(op.Target.Size == Arg().Size, $"{Arg().Size} elements do not fill the shape {op.Target} of {op.Target.Size}");
        return op.Target;
    }

    public Shape Permute(Op.Permute op)
    {
        RequireArity(1);
        Require(op.Order.Order().SequenceEqual(Enumerable.Range(0, Arg().Rank)), $"{op.Order} is not an order of its {Arg().Rank} axes");
        return new([.. op.Order.Select(i => Arg()[i])]);
    }

    public Shape BroadcastTo(Op.BroadcastTo op)
    {
        RequireArity(1);
        var lead = op.Target.Rank - Arg().Rank;
        Require(lead >= 0 && Arg().Dims.Select((d, i) => d == op.Target[i + lead] || d.Is(1)).All(ok => ok), $"cannot be broadcast to {op.Target}");
        return op.Target;
    }

    public Shape Slice(Op.Slice op)
    {
        RequireArity(1);
        Require(op.Ranges.Count == Arg().Rank, $"needs a range for each of {Arg().Rank} axes");
        RequireFit(op.Ranges, Arg());
        return new([.. op.Ranges.Select(r => r.Length)]);
    }

    public Shape Pad(Op.Pad op)
    {
        RequireArity(1);
        Require(op.Ranges.Count == Arg().Rank && op.Target.Rank == Arg().Rank, $"needs a range for each of {Arg().Rank} axes");
        Require(op.Ranges.Select((r, i) => r.Length == Arg()[i]).All(ok => ok), "ranges must be as long as the axes");
        RequireFit(op.Ranges, op.Target);
        return op.Target;
    }

    private void RequireFit(Sequence<StridedRange> ranges, Shape shape)
    {
        for (var i = 0; i < shape.Rank; i++)
        {
            Require(ranges[i].Step != 0, $"the step along axis {i} is 0");
            Require(ranges[i].Length.AtLeast(0) == true && ranges[i].Fits(shape[i]) == true,
                $"the positions {ranges[i].Start} to {ranges[i].Last} do not lie within axis {i} of length {shape[i]}");
        }
    }

    public Shape Concatenate(Op.Concatenate op)
    {
        Require(args.Length > 0, "needs at least one argument");
        Require(args.All(a => a.Rank == Arg().Rank) && op.Axis >= 0 && op.Axis < Arg().Rank, $"all must have an axis {op.Axis} and one rank");
        Require(args.All(a => a.Shape.With(op.Axis, 0) == Arg().With(op.Axis, 0)), $"lengths differ along another axis than {op.Axis}");
        return Arg().With(op.Axis, args.Select(a => a.Shape[op.Axis]).Aggregate((a, b) => a + b));
    }

    public Shape StopGradient(Op.StopGradient op)
    {
        RequireArity(1);
        return Arg();
    }

    public Shape Call(Op.Call op)
    {
        var parameters = op.Definition.Parameters;
        RequireArity(parameters.Length);
        Require(parameters.Zip(args).All(p => p.First.Shape == p.Second.Shape),
            $"takes {string.Join(", ", parameters.Select(p => $"{Printer.Short(p)} {p.Shape}"))}");
        return op.Definition.Body.Shape;
    }
}
