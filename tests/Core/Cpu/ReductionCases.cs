namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>Shapes and sets of axes to reduce, some at random and some at the edges of the kernels' cases, with the place of every element's result.</summary>
internal sealed record ReductionCase(int[] Sizes, bool[] Mask)
{
    public long Count => Sizes.Aggregate(1L, (product, size) => product * size);

    public long Results => Sizes.Zip(Mask).Aggregate(1L, (product, axis) => axis.Second ? product : product * axis.First);

    /// <summary>For every element, in row-major order, the index of its result.</summary>
    public long[] Owners()
    {
        var owners = new long[Count];
        for (var index = 0L; index < owners.Length; index++)
        {
            var (rest, owner, stride) = (index, 0L, 1L);
            for (var axis = Sizes.Length - 1; axis >= 0; rest /= Sizes[axis--])
            {
                if (Mask[axis]) continue;
                owner += rest % Sizes[axis] * stride;
                stride *= Sizes[axis];
            }
            owners[index] = owner;
        }
        return owners;
    }

    public override string ToString() => string.Join(", ", Sizes.Zip(Mask, (size, reduced) => reduced ? $"[{size}]" : $"{size}"));

    public static IEnumerable<ReductionCase> All(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 500; trial++)
        {
            var sizes = new int[random.Next(0, 6)];
            foreach (ref var size in sizes.AsSpan())
                size = random.Next(10) switch { 0 => 1, 1 => random.Next(17, 70), 2 => random.Next(1, 20), _ => random.Next(1, 6) };
            yield return new(sizes, [.. sizes.Select(_ => random.Next(2) == 0)]);
        }
        foreach (var r in (int[])[2, 3, 4, 5, 8, 16])
        {
            yield return Of("keep 3, keep 5, reduce {0}, keep 11, reduce {0}", r);
            yield return Of("keep 700, reduce {0}", r);
            yield return Of("reduce 7, keep 333, reduce {0}", r);
        }
        yield return Of("reduce 150001");
        yield return Of("reduce 2999, keep 3");
        yield return Of("reduce 40000, keep 2, reduce 2");
        yield return Of("reduce 999, keep 130");
        yield return Of("reduce 600, keep 1030");
        yield return Of("keep 2, reduce 70001");
        yield return Of("reduce 30, keep 7, reduce 222");
        yield return Of("reduce 60, keep 2, reduce 700, keep 9");
        yield return Of("keep 2, reduce 3, keep 2, reduce 3, keep 2, reduce 3");
        yield return Of("keep 2, reduce 33, keep 2, reduce 3, keep 2, reduce 1027");
    }

    private static ReductionCase Of(string text, int r = 0)
    {
        var axes = string.Format(text, r).Split(", ");
        return new([.. axes.Select(a => int.Parse(a.Split(' ')[1]))], [.. axes.Select(a => a.StartsWith("reduce"))]);
    }
}
