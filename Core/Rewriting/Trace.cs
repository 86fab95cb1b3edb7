using System.Collections;
using System.Collections.Immutable;

namespace AutoDiffAE.Rewriting;

/// <summary>Every use of a rewrite, in order. It is printed only when somebody asks.</summary>
public sealed class Trace(ImmutableArray<Firing> firings) : IReadOnlyList<Firing>
{
    public int Count => firings.Length;

    public Firing this[int index] => firings[index];

    public IEnumerator<Firing> GetEnumerator() => firings.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A line for each: law: before -> after [where the expression was built].</summary>
    public override string ToString() => string.Join("\n", firings);
}
