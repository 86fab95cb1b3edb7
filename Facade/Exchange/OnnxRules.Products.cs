using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Exchange;

internal sealed partial class OnnxRules
{
    public string MatMul(Op.MatMul op) => Node("MatMul", Arg(0), Arg(1));

    public string Convolution(Op.Convolution op) => op.Open switch
    {
        Leg.Output => graph.Node("Conv", node, [Arg(0), Kernel(op.Form)], Windows(op.Form)),
        Leg.Input => graph.Node("ConvTranspose", node, [Arg(0), Kernel(op.Form)], [.. Windows(op.Form), Beyond(op.Form)]),
        _ => Missing("is the gradient of a convolution's kernel"),
    };

    /// <summary>ONNX does not flip kernels.</summary>
    private string Kernel(ConvolutionForm form)
    {
        if (!form.Flip) return Arg(1);
        var axes = Enumerable.Range(2, form.SpatialRank).Select(a => (long)a).ToArray();
        long[] Each(long value) => [.. axes.Select(_ => value)];
        return Node("Slice", Arg(1), graph.Integers(Each(-1)), graph.Integers(Each(int.MinValue)), graph.Integers(axes), graph.Integers(Each(-1)));
    }

    private ImmutableArray<OnnxAttribute> Windows(ConvolutionForm form) => form.Windows.All(w => w is { Low: >= 0, High: >= 0 })
        ? [
            OnnxAttribute.Of("kernel_shape", Enumerable.Range(2, form.SpatialRank).Select(axis => Known(ShapeOf(1)[axis], "the size of the kernel"))),
            OnnxAttribute.Of("strides", form.Windows.Select(w => w.Stride)),
            OnnxAttribute.Of("dilations", form.Windows.Select(w => w.Dilation)),
            OnnxAttribute.Of("pads", form.Windows.Select(w => w.Low).Concat(form.Windows.Select(w => w.High))),
            OnnxAttribute.Of("group", form.Groups),
        ]
        : throw Refused("a padding is negative, in ONNX it is 0 or more: slice the image first");

    /// <summary>How much longer the open leg is than the least that has these windows.</summary>
    private OnnxAttribute Beyond(ConvolutionForm form) => OnnxAttribute.Of("output_padding", form.Windows.Select((w, i) => Known(
        node.Shape[i + 2] - ((ShapeOf()[i + 2] - 1) * w.Stride + w.Dilation * (ShapeOf(1)[i + 2] - 1) + 1 - w.Low - w.High), "what an axis has beyond its last window")));
}
