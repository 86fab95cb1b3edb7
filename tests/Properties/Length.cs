using AutoDiffAE.Shapes;

namespace AutoDiffAE.Properties;

/// <summary>The length of an axis as the graph names it, and the number that it is bound to.</summary>
public readonly record struct Length(Dim Dim, int Size)
{
    public static implicit operator Length(int size) => new(size, size);
}

public static class Lengths
{
    public static Shape Shape(this IEnumerable<Length> lengths) => new([.. lengths.Select(l => l.Dim)]);

    public static int[] Sizes(this IEnumerable<Length> lengths) => [.. lengths.Select(l => l.Size)];
}
