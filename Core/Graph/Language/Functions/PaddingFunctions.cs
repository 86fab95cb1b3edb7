using System.Collections.Immutable;
using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>numpy's pad, and pad as the adjoint of slicing; numpy's and PyTorch's words for the modes.</summary>
internal static class PaddingFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("pad(x, pad_width=none, mode=\"constant\", constant_values=0, ranges=none, shape=none)", Padded),
    ];

    private static Expr Padded(Arguments a)
    {
        var x = a.Array("x");
        if (a.Has("ranges")) return Expr.Of(new Op.Pad([.. a.Items("ranges").Select(r => NamedFunctions.Range(a, r))], a.Shape("shape")), x);
        if (!a.Has("pad_width")) throw a.Refuse("pad_width", "pad needs pad_width: a pair for each axis");
        ImmutableArray<(Dim Before, Dim After)> widths = a["pad_width"] is Syntax.Tuple all
            ? [.. all.Items.Select(w => a.Parts(w, 2)).Select(w => (a.Length(w[0]), a.Length(w[1])))]
            : [.. x.Shape.Select(_ => (a.Length("pad_width"), a.Length("pad_width")))];
        if (widths.Length != x.Rank) throw a.Refuse("pad_width", $"pad_width is a pair for each of the {x.Rank} axes");
        var (mode, value) = (Mode(a), a.Real("constant_values"));
        if (mode == PadMode.Constant && BitConverter.DoubleToInt64Bits(value) == 0)
            return Expr.Of(new Op.Pad(
                x.Shape.Select((d, i) => new StridedRange(widths[i].Before, d)).ToSequence(),
                new Shape([.. x.Shape.Select((d, i) => widths[i].Before + d + widths[i].After)])), x);
        int Number(Dim width) => width.Value is { } n and <= int.MaxValue ? (int)n : throw a.Refuse("pad_width", "whole numbers are needed here");
        return x.Pad([.. widths.Select(w => (Number(w.Before), Number(w.After)))], mode, value);
    }

    private static PadMode Mode(Arguments a) => a.Text("mode") switch
    {
        "constant" => PadMode.Constant,
        "reflect" => PadMode.Reflect,
        "replicate" or "edge" => PadMode.Replicate,
        "circular" or "wrap" => PadMode.Circular,
        "symmetric" => PadMode.Symmetric,
        _ => throw a.Refuse("mode", "modes of padding are \"constant\", \"reflect\", \"replicate\" (\"edge\"), \"circular\" (\"wrap\") and \"symmetric\""),
    };
}
