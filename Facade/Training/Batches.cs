using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>Examples in batches: the last one is as long as what is left.</summary>
public static class Batches
{
    public static int Count(int examples, int size) => (examples + size - 1) / size;

    /// <summary>The order of one epoch, a function of the key and the epoch: a run that is resumed goes on as it would have.</summary>
    public static int[] Order(Key key, int epoch, int examples) => Philox.Permutation(key.Fold((ulong)epoch), examples);

    /// <summary>The positions of a batch, counted from 0.</summary>
    internal static ReadOnlySpan<int> Of(int[] order, int batch, int size) => order.AsSpan(batch * size, Math.Min(size, order.Length - batch * size));

    /// <summary>Copies the examples at some positions of the first axis.</summary>
    /// <param name="values">As long as those examples.</param>
    public static void Gather(Examples examples, ReadOnlySpan<int> positions, Span<float> values)
    {
        for (var i = 0; i < positions.Length; i++)
            examples.Read((long)positions[i] * examples.Each, values.Slice(i * examples.Each, examples.Each));
    }

    /// <summary>The number of examples.</summary>
    /// <exception cref="ArgumentException">There are none, or the tensors hold different numbers.</exception>
    internal static int Length(ImmutableArray<Examples> data) => data.Select(d => d.Count).Distinct().ToArray() is [> 0 and var n]
        ? n
        : throw new ArgumentException($"examples of the shapes {string.Join(", ", data.Select(d => d.Shape))} found, the same number in each, at least 1, expected");
}
