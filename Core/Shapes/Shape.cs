using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Shapes;

/// <summary>The lengths of a tensor's axes, outermost first. Equal when all lengths are; the shape of a scalar is ().</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IEquatable<Shape>, IReadOnlyList<Dim>
{
    public static readonly Shape Scalar = new([]);

    public Shape(ImmutableArray<Dim> dims) => Dims = dims;

    public static Shape Of(params ReadOnlySpan<Dim> dims) => new([.. dims]);

    public static Shape Create(ReadOnlySpan<Dim> dims) => new([.. dims]);

    public static Shape Of(IEnumerable<int> sizes) => new([.. sizes.Select(s => (Dim)s)]);

    public ImmutableArray<Dim> Dims { get; }

    public int Rank => Dims.Length;

    int IReadOnlyCollection<Dim>.Count => Rank;

    public Dim this[int axis] => Dims[axis];

    /// <summary>The number of elements.</summary>
    public Dim Size => Dims.Aggregate((Dim)1, (a, b) => a * b);

    /// <summary>Whether no length names a size.</summary>
    public bool IsConcrete => Dims.All(d => d.Value is not null);

    /// <summary>The axis counted from the front, for one counted from the front or, when negative, from the back.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int Axis(int axis) => axis >= -Rank && axis < Rank
        ? axis < 0 ? axis + Rank : axis
        : throw new ShapeException($"axis {axis} does not exist: the shape {this} has {Rank} axes, {-Rank} to {Rank - 1}");

    public Shape With(int axis, Dim length) => new(Dims.SetItem(axis, length));

    public Shape Insert(int axis, Dim length) => new(Dims.Insert(axis, length));

    public Shape Without(Axes axes) => new([.. Dims.Where((_, i) => !axes.Contains(i))]);

    public int[] Evaluate(IReadOnlyDictionary<string, long> sizes) => [.. Dims.Select(d => checked((int)d.Evaluate(sizes)))];

    public bool Equals(Shape? other) => ReferenceEquals(this, other) || other is not null && Dims.AsSpan().SequenceEqual(other.Dims.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => Dims.Aggregate(Rank, (hash, d) => HashCode.Combine(hash, d));

    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    public IEnumerator<Dim> GetEnumerator() => Dims.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"({string.Join(", ", Dims)})";
}
