using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Shapes;

/// <summary>An immutable list that is equal to another when their elements are, so that records may hold it.</summary>
[CollectionBuilder(typeof(Sequence), nameof(Sequence.Create))]
public sealed class Sequence<T>(ImmutableArray<T> items) : IEquatable<Sequence<T>>, IReadOnlyList<T>
{
    public int Count => items.Length;

    public T this[int index] => items[index];

    public bool Equals(Sequence<T>? other) => other is not null && this.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);

    public override int GetHashCode() => items.Aggregate(Count, (hash, item) => HashCode.Combine(hash, item));

    public IEnumerator<T> GetEnumerator() => items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", items)}]";
}

public static class Sequence
{
    public static Sequence<T> Create<T>(ReadOnlySpan<T> items) => new([.. items]);

    public static Sequence<T> ToSequence<T>(this IEnumerable<T> items) => new([.. items]);
}
