using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Images of other sizes, with PyTorch's words.</summary>
internal static class ResamplingFunctions
{
    private const string Options = "size=none, scale_factor=none, mode=\"nearest\", align_corners=false";

    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of($"upsample(x, {Options})", Resampled),
        Of($"interpolate(x, {Options})", Resampled),
        Of("pixel_shuffle(x, upscale_factor)", a => a.Array("x").PixelShuffle(a.Whole("upscale_factor"))),
        Of("pixel_unshuffle(x, downscale_factor)", a => a.Array("x").PixelUnshuffle(a.Whole("downscale_factor"))),
    ];

    private static Expr Resampled(Arguments a)
    {
        var x = a.Array("x");
        var space = Math.Max(1, x.Rank - 2);
        if (a.Has("size") == a.Has("scale_factor")) throw a.Refuse("size", "either size or scale_factor is needed here");
        var (mode, corners) = (Mode(a, space), a.Flag("align_corners"));
        if (corners && mode == UpsampleMode.Nearest) throw a.Refuse("align_corners", "corners are aligned by linear interpolation only");
        if (a.Has("size"))
            return x.Upsample([.. a.Shape("size") is { Rank: 1 } one && a["size"] is not Syntax.Tuple ? Enumerable.Repeat(one[0], space) : a.Shape("size")], mode, corners);
        double[] factors = [.. a.Numbers(a["scale_factor"])];
        return x.Upsample(a["scale_factor"] is Syntax.Tuple ? factors : [.. Enumerable.Repeat(factors[0], space)], mode, corners);
    }

    private static UpsampleMode Mode(Arguments a, int space)
    {
        var linear = space switch { 1 => "linear", 2 => "bilinear", _ => "trilinear" };
        return a.Text("mode") switch
        {
            "nearest" => UpsampleMode.Nearest,
            var mode when mode == linear => UpsampleMode.Linear,
            _ => throw a.Refuse("mode", $"modes over {space} axes of space are \"nearest\" and \"{linear}\""),
        };
    }
}
