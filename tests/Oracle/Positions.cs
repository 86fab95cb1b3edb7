namespace AutoDiffAE.Tests;

/// <summary>Row-major positions as tuples of indices.</summary>
public static class Positions
{
    /// <summary>All tuples below the sizes, the last index running fastest.</summary>
    public static IEnumerable<int[]> All(int[] sizes)
    {
        if (sizes.Contains(0)) yield break;
        var index = new int[sizes.Length];
        while (true)
        {
            yield return index;
            var axis = sizes.Length - 1;
            for (; axis >= 0 && ++index[axis] == sizes[axis]; axis--) index[axis] = 0;
            if (axis < 0) yield break;
        }
    }

    /// <summary>The position of a tuple in row-major order.</summary>
    public static int Flat(ReadOnlySpan<int> sizes, ReadOnlySpan<int> index)
    {
        var flat = 0;
        for (var i = 0; i < sizes.Length; i++) flat = flat * sizes[i] + index[i];
        return flat;
    }
}
