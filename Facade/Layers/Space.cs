using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Layers;

/// <summary>What layers over the axes of space of (n, channels, space…) have in common, be there one, two or three.</summary>
internal static class Space
{
    /// <summary>The inputs of layers over so many axes, as messages call them.</summary>
    public static string Wanted(int axes) => $"{Plural(axes)} {Form(axes)} would fit";

    public static string Plural(int axes) => axes switch { 1 => "sequences", 2 => "images", _ => "volumes" };

    private static string Form(int axes) => axes switch
    {
        1 => "(n, channels, length)",
        2 => "(n, channels, height, width)",
        _ => "(n, channels, depth, height, width)",
    };

    /// <summary>"7x5", as sizes print.</summary>
    public static string By(IEnumerable<int> lengths) => string.Join('x', lengths);

    /// <summary>"2" where all are the same, else "2x1".</summary>
    public static string Each(IReadOnlyList<int> lengths) => lengths.Distinct().Count() == 1 ? $"{lengths[0]}" : By(lengths);

    /// <summary>The field of a layer that treats each place of space alone, where there is space.</summary>
    public static ImmutableArray<TapAxis> Pointwise(Shape input) => [.. Enumerable.Repeat(new TapAxis(1), Math.Max(0, input.Rank - 2))];

    /// <summary>A vector over the channels as it broadcasts to (n, channels, …).</summary>
    public static Expr AlongChannels(this Expr vector, Shape input) =>
        vector.Reshape(new Shape([vector.Shape[0], .. Enumerable.Repeat((Dim)1, input.Rank - 2)]));

    /// <summary>Zeros before and after an axis: of so many places, or as the border says for a window that spans <paramref name="span"/>.</summary>
    public static (int Low, int High) Zeros(Border border, int? padding, int span) =>
        (padding ?? border switch { Border.Valid => 0, Border.Same => (span - 1) / 2, _ => span - 1 }) is var each ? (each, each) : default;
}
