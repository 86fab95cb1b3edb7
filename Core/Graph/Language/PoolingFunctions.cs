using System.Collections.Immutable;
using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Windows and what is made of them, with PyTorch's keywords.</summary>
internal static class PoolingFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("windows(x, kernel_size, stride=1, dilation=1)", a => Expr.Of(new Op.Windows(Taps(a)), a.Array("x"))),
        Of("fold_windows(y, size, kernel_size, stride=1, dilation=1)", a => Expr.Of(new Op.FoldWindows(Taps(a), a.Shape("size")), a.Array("y"))),
    ];

    private static Sequence<TapAxis> Taps(Arguments a)
    {
        var taps = a.Wholes("kernel_size");
        var (strides, dilations) = (a.Each("stride", taps.Length), a.Each("dilation", taps.Length));
        return taps.Select((t, i) => new TapAxis(t, strides[i], dilations[i])).ToSequence();
    }
}
