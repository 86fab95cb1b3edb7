using System.Collections.Immutable;
using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Windows and what is made of them, with PyTorch's keywords. A name without a number of axes pools over as many as kernel_size has.</summary>
internal static class PoolingFunctions
{
    private const string Options = "kernel_size, stride=none, padding=0";

    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("windows(x, kernel_size, stride=1, dilation=1)", a => Expr.Of(new Op.Windows(Taps(a)), a.Array("x"))),
        Of("fold_windows(y, size, kernel_size, stride=1, dilation=1)", a => Expr.Of(new Op.FoldWindows(Taps(a), a.Shape("size")), a.Array("y"))),
        Of("unfold(x, kernel_size, dilation=1, padding=0, stride=1)", a => a.Array("x") is var x ? x.Unfold(Windows(a, Math.Max(1, x.Rank - 2))) : x),
        Of("fold(x, output_size, kernel_size, dilation=1, padding=0, stride=1)", a => a.Array("x").Fold(
            a["output_size"] is Syntax.Tuple ? [.. a.Shape("output_size")] : [a.Length("output_size"), a.Length("output_size")],
            Windows(a, a["output_size"] is Syntax.Tuple ? a.Items("output_size").Length : 2))),
        Of("global_max_pool(x)", a => a.Array("x").GlobalMaxPool()),
        Of("global_avg_pool(x)", a => a.Array("x").GlobalAveragePool()),
        Of("global_sum_pool(x)", a => a.Array("x").GlobalSumPool()),
        Of("lp_pool(x, norm_type, kernel_size, stride=none, padding=0, dilation=1)", a => PowerPool(a, null)),
        .. Pools("", null),
        .. Pools("1d", 1),
        .. Pools("2d", 2),
        .. Pools("3d", 3),
    ];

    private static IEnumerable<NamedFunction> Pools(string suffix, int? rank) =>
    [
        Of($"max_pool{suffix}(x, {Options}, dilation=1, ceil_mode=false)", a => a.Array("x").MaxPool(Windows(a, rank), a.Flag("ceil_mode"))),
        Of($"avg_pool{suffix}(x, {Options}, ceil_mode=false, count_include_pad=true)",
            a => a.Array("x").AveragePool(Windows(a, rank), a.Flag("ceil_mode"), a.Flag("count_include_pad"))),
        Of($"sum_pool{suffix}(x, {Options}, dilation=1, ceil_mode=false)", a => a.Array("x").SumPool(Windows(a, rank), a.Flag("ceil_mode"))),
        Of($"adaptive_max_pool{suffix}(x, output_size)", a => a.Array("x").AdaptiveMaxPool(Counts(a, rank))),
        Of($"adaptive_avg_pool{suffix}(x, output_size)", a => a.Array("x").AdaptiveAveragePool(Counts(a, rank))),
        .. rank is 1 or 2 ? [Of($"lp_pool{suffix}(x, norm_type, {Options}, dilation=1)", a => PowerPool(a, rank))] : (NamedFunction[])[],
    ];

    private static Expr PowerPool(Arguments a, int? rank) => a.Array("x").PowerPool(a.Real("norm_type"), Windows(a, rank));

    private static int[] Counts(Arguments a, int? rank) => a.Each("output_size", rank ?? a.Items("output_size").Length);

    private static PoolWindow[] Windows(Arguments a, int? rank)
    {
        var count = rank ?? a.Items("kernel_size").Length;
        int[] Given(string name, int otherwise) => a.Names(name) ? a.Each(name, count) : [.. Enumerable.Repeat(otherwise, count)];
        var (sizes, padding, dilation) = (a.Each("kernel_size", count), Given("padding", 0), Given("dilation", 1));
        var strides = a.Has("stride") ? a.Each("stride", count) : null;
        return [.. sizes.Select((k, i) => new PoolWindow(k, strides?[i], padding[i], dilation[i]))];
    }

    private static Sequence<TapAxis> Taps(Arguments a)
    {
        var taps = a.Wholes("kernel_size");
        var (strides, dilations) = (a.Each("stride", taps.Length), a.Each("dilation", taps.Length));
        return taps.Select((t, i) => new TapAxis(t, strides[i], dilations[i])).ToSequence();
    }
}
