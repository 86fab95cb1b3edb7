using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

internal sealed partial class Spelling
{
    public Spelled Windows(Op.Windows op) => Call("windows", Taps(op.Taps));

    public Spelled FoldWindows(Op.FoldWindows op) => Call("fold_windows", $"size={Keywords.Tuple(op.Sizes)}", Taps(op.Taps));

    /// <summary>Taps, strides and dilations as keywords; those that are all 1 are left out, except the taps.</summary>
    private static string Taps(Sequence<TapAxis> taps) => Keywords.Of(
        $"kernel_size={Keywords.Tuple(taps.Select(t => t.Taps))}",
        taps.All(t => t.Stride == 1) ? null : $"stride={Keywords.Tuple(taps.Select(t => t.Stride))}",
        taps.All(t => t.Dilation == 1) ? null : $"dilation={Keywords.Tuple(taps.Select(t => t.Dilation))}");
}
