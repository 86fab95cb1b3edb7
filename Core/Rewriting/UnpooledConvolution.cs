using System.Collections.Concurrent;
using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// A convolution of an image in which each value is repeated, without that image: with S the matrix of 0 and 1 that adds taps,
/// x↑ ⋆ w = interleave(x ⋆ S w), whose channels are (filter, phase). Both gradients follow from the adjoints: Σ over repeats of the
/// input's gradient is x's for interleaveᵀ dy and S w, and the kernel's gradient is Sᵀ of the one for x and interleaveᵀ dy.
/// </summary>
internal sealed class UnpooledConvolution
{
    private readonly Op.Convolution _op;
    private readonly ImmutableArray<UnpooledAxis> _axes;
    private readonly Origin _origin;

    private UnpooledConvolution(Op.Convolution op, ImmutableArray<UnpooledAxis> axes, Origin origin) => (_op, _axes, _origin) = (op, axes, origin);

    /// <summary>conv(unpool(x), w)</summary>
    public static Expr? Output(Expr node) =>
        node is { Op: Op.Convolution { Open: Leg.Output } op, Args: [var image, var w] } && Repeated.Of(image) is { } repeated
        && Of(op, repeated, w.Shape, node.Shape, node.Origin) is { } c
            ? c.Interleave(c.Convolve(Leg.Output, repeated.Value, c.Summed(w)), node.Shape)
            : null;

    /// <summary>Σ over repeats of conv_input(dy, w)</summary>
    public static Expr? Input(Expr node) =>
        node is { Op: Op.Sum sum, Args: [{ Op: Op.Reshape, Args: [{ Op: Op.Convolution { Open: Leg.Input } op, Args: [var dy, var w] } image] } blocks] }
        && Repeated.Summed(blocks.Shape, sum.Axes, image.Shape) is { } repeated
        && Of(op, repeated, w.Shape, dy.Shape, node.Origin) is { } c
            ? c.New(new Op.Reshape(node.Shape), c.Convolve(Leg.Input, c.Phases(dy), c.Summed(w)))
            : null;

    /// <summary>conv_kernel(unpool(x), dy)</summary>
    public static Expr? Kernel(Expr node) =>
        node is { Op: Op.Convolution { Open: Leg.Kernel } op, Args: [var image, var dy] } && Repeated.Of(image) is { } repeated
        && Of(op, repeated, node.Shape, dy.Shape, node.Origin) is { } c
            ? c.Spread(c.Convolve(Leg.Kernel, repeated.Value, c.Phases(dy)), node.Shape)
            : null;

    /// <summary>Where all of space is of known size, moves by one, and there is less to multiply.</summary>
    private static UnpooledConvolution? Of(Op.Convolution op, Repeated repeated, Shape w, Shape y, Origin origin)
    {
        var windows = op.Form.Windows;
        if (windows.Any(v => v.Stride != 1) || !Concrete(repeated.Lengths) || !Concrete(w.Dims) || !Concrete(y.Dims[2..])) return null;
        ImmutableArray<UnpooledAxis> axes = [.. windows.Select((v, i) => new UnpooledAxis(
            (int)repeated.Lengths[i].Value!, repeated.Factors[i], (int)w[i + 2].Value!, (int)y[i + 2].Value!, v, op.Form.Flip))];
        if (axes.Any(a => a.Outputs == 0 || a.Kernel == 0) || axes.Any(a => a.Common is { Low: < 0 } or { High: < 0 })) return null;
        var work = axes.Aggregate(1L, (n, a) => n * a.Outputs * a.Kernel);
        var left = axes.Aggregate(1L, (n, a) => n * a.Factor * a.Positions * a.Taps);
        return left < work ? new(op, axes, origin) : null;
    }

    private static bool Concrete(IEnumerable<Dim> dims) => dims.All(d => d.Value is not null);

    private int Phase => _axes.Aggregate(1, (n, a) => n * a.Factor);

    private Expr New(Op op, params ImmutableArray<Expr> args) => Expr.Of(op, args, _origin);

    private Expr Convolve(Leg leg, Expr a, Expr b) => New(new Op.Convolution(
        new ConvolutionForm(_axes.Select(x => x.Common).ToSequence(), _op.Form.Groups), leg, leg switch
        {
            Leg.Output => Shape.Scalar,
            Leg.Input => Shape.Of(_axes.Select(x => x.Length)),
            _ => Shape.Of(_axes.Select(x => x.Taps)),
        }), a, b);

    /// <summary>Sᵀ as (taps of w, phases · taps). The same axes have one, so that S w is computed once.</summary>
    private Expr Sums() => Expr.Constant(Made.GetOrAdd(_axes.ToSequence(), axes =>
    {
        // Along one axis after the other: rows (u₁, u₂, …), columns (φ₁, φ₂, …, a₁, a₂, …).
        int taps = axes.Aggregate(1, (n, a) => n * a.Taps), phases = axes.Aggregate(1, (n, a) => n * a.Factor), rows = axes.Aggregate(1, (n, a) => n * a.Kernel);
        return Tensor<double>.Build([rows, phases * taps], values =>
        {
            for (var row = 0; row < rows; row++)
            for (var phase = 0; phase < phases; phase++)
            {
                int u = row, p = phase, tap = 0, stride = 1;
                for (var i = axes.Count - 1; i >= 0; i--)
                {
                    tap += stride * axes[i].Part(p % axes[i].Factor, u % axes[i].Kernel);
                    (u, p, stride) = (u / axes[i].Kernel, p / axes[i].Factor, stride * axes[i].Taps);
                }
                values[row * phases * taps + phase * taps + tap] = 1;
            }
        });
    }));

    private static readonly ConcurrentDictionary<Sequence<UnpooledAxis>, Tensor<double>> Made = new();

    private Dim Taps => _axes.Aggregate(1, (n, a) => n * a.Taps);

    /// <summary>S w: (out, in, k…) → (out · phases, in, taps…)</summary>
    private Expr Summed(Expr w)
    {
        var (o, i) = (w.Shape[0], w.Shape[1]);
        var sums = Sums();
        var product = New(new Op.MatMul(), New(new Op.Reshape([o * i, sums.Shape[0]]), w), sums);
        var ordered = New(new Op.Permute([0, 2, 1, 3]), New(new Op.Reshape([o, i, Phase, Taps]), product));
        return New(new Op.Reshape(new([o * Phase, i, .. _axes.Select(a => (Dim)a.Taps)])), ordered);
    }

    /// <summary>Sᵀ, the adjoint of <see cref="Summed"/>.</summary>
    private Expr Spread(Expr dw, Shape shape)
    {
        var (o, i) = (shape[0], shape[1]);
        var sums = Sums();
        var ordered = New(new Op.Permute([0, 2, 1, 3]), New(new Op.Reshape([o, Phase, i, Taps]), dw));
        var flat = New(new Op.Reshape([o * i, sums.Shape[1]]), ordered);
        return New(new Op.Reshape(shape), New(new Op.MatMul(), flat, New(new Op.Permute([1, 0]), sums)));
    }

    /// <summary>(n, out · phases, positions…) → (n, out, outputs…), each phase from where it begins.</summary>
    private Expr Interleave(Expr z, Shape shape)
    {
        var r = _axes.Length;
        var parts = New(new Op.Reshape(new([shape[0], shape[1], .. _axes.Select(a => (Dim)a.Factor), .. _axes.Select(a => (Dim)a.Positions)])), z);
        for (var i = 0; i < r; i++) parts = Aligned(parts, i);
        var ordered = New(new Op.Permute([0, 1, .. Enumerable.Range(0, r).SelectMany(i => (int[])[2 + r + i, 2 + i])]), parts);
        var whole = New(new Op.Reshape(new([shape[0], shape[1], .. _axes.Select(a => (Dim)(a.Places * a.Factor))])), ordered);
        return whole.Shape == shape ? whole : New(new Op.Slice(shape.Select(StridedRange.All).ToSequence()), whole);
    }

    private Expr Aligned(Expr parts, int i) => !_axes[i].IsShifted ? parts : New(new Op.Concatenate(2 + i),
        [.. Enumerable.Range(0, _axes[i].Factor).Select(phase => New(new Op.Slice(Ranges(parts.Shape, i, phase, _axes[i].Shift(phase))), parts))]);

    /// <summary>interleaveᵀ: (n, out, outputs…) → (n, out · phases, positions…), 0 where a phase has no output.</summary>
    private Expr Phases(Expr dy)
    {
        var r = _axes.Length;
        var whole = new Shape([dy.Shape[0], dy.Shape[1], .. _axes.Select(a => (Dim)(a.Places * a.Factor))]);
        var padded = whole == dy.Shape ? dy : New(new Op.Pad(dy.Shape.Select(StridedRange.All).ToSequence(), whole), dy);
        var split = New(new Op.Reshape(new([dy.Shape[0], dy.Shape[1], .. _axes.SelectMany(a => (Dim[])[a.Places, a.Factor])])), padded);
        var parts = New(new Op.Permute([0, 1, .. Enumerable.Range(0, r).Select(i => 3 + 2 * i), .. Enumerable.Range(0, r).Select(i => 2 + 2 * i)]), split);
        for (var i = 0; i < r; i++) parts = Spaced(parts, i);
        return New(new Op.Reshape(new([dy.Shape[0], dy.Shape[1] * Phase, .. _axes.Select(a => (Dim)a.Positions)])), parts);
    }

    private Expr Spaced(Expr parts, int i)
    {
        if (!_axes[i].IsShifted) return parts;
        var target = parts.Shape.With(2 + i, 1).With(2 + _axes.Length + i, _axes[i].Positions);
        return New(new Op.Concatenate(2 + i), [.. Enumerable.Range(0, _axes[i].Factor).Select(phase => New(
            new Op.Pad(Ranges(target, i, 0, _axes[i].Shift(phase)), target),
            New(new Op.Slice(Ranges(parts.Shape, i, phase, 0)), parts)))]);
    }

    /// <summary>One phase of axis i, and its outputs from where they begin.</summary>
    private Sequence<StridedRange> Ranges(Shape shape, int i, int phase, int shift) => shape.Select((length, axis) =>
        axis == 2 + i ? new StridedRange(phase, 1)
        : axis == 2 + _axes.Length + i ? new StridedRange(shift, _axes[i].Places)
        : StridedRange.All(length)).ToSequence();
}
