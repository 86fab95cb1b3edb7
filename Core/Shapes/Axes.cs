using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Shapes;

/// <summary>A list of axis numbers with value equality: the axes of a reduction (ascending) or an order of axes.</summary>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public sealed class Axes : IEquatable<Axes>, IReadOnlyList<int>
{
    private readonly ImmutableArray<int> _axes;

    private Axes(ImmutableArray<int> axes) => _axes = axes;

    public static Axes Create(ReadOnlySpan<int> axes) => new([.. axes]);

    public static Axes Of(IEnumerable<int> axes) => new([.. axes]);

    public static Axes All(int rank) => Of(Enumerable.Range(0, rank));

    /// <summary>Distinct axes of <paramref name="shape"/> in ascending order; none given means all of them.</summary>
    /// <exception cref="ShapeException">An axis does not exist or stands twice.</exception>
    public static Axes Normalized(Shape shape, IReadOnlyCollection<int>? axes)
    {
        if (axes is null) return All(shape.Rank);
        var sorted = axes.Select(shape.Axis).Order().ToList();
        return sorted.Distinct().Count() == sorted.Count
            ? Of(sorted)
            : throw new ShapeException($"axes ({string.Join(", ", axes)}) of the shape {shape} name an axis twice");
    }

    public int Count => _axes.Length;

    public int this[int index] => _axes[index];

    public bool Contains(int axis) => _axes.Contains(axis);

    /// <summary>For an order of axes: the order that undoes it.</summary>
    public Axes Inverse => Of(Enumerable.Range(0, Count).OrderBy(i => _axes[i]));

    public bool Equals(Axes? other) => other is not null && _axes.AsSpan().SequenceEqual(other._axes.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Axes);

    public override int GetHashCode() => _axes.Aggregate(Count, HashCode.Combine);

    public IEnumerator<int> GetEnumerator() => _axes.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"({string.Join(", ", _axes)})";
}
