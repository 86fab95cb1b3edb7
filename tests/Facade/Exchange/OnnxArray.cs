namespace AutoDiffAE.Tests.Facade.Exchange;

/// <summary>Numbers of a shape, row-major; truth is 0 or 1, and whole numbers are exact to 2⁵³.</summary>
internal sealed record OnnxArray(int[] Sizes, double[] Values)
{
    public int Rank => Sizes.Length;

    public static OnnxArray Of(int[] sizes, Func<int[], double> value) => new(sizes, [.. Indices(sizes).Select(value)]);

    public double this[params int[] index] => Values[Sizes.Zip(index).Aggregate(0, (at, p) => at * p.First + p.Second)];

    /// <summary>The value at an index of a shape to which this one is broadcast.</summary>
    public double Broadcast(int[] index) => this[[.. Sizes.Select((s, i) => s == 1 ? 0 : index[index.Length - Rank + i])]];

    public int[] Wholes => [.. Values.Select(v => (int)Math.Clamp(v, int.MinValue, int.MaxValue))];

    /// <summary>All indices of a shape, in row-major order.</summary>
    public static IEnumerable<int[]> Indices(int[] sizes)
    {
        var count = sizes.Aggregate(1, (a, b) => a * b);
        for (var n = 0; n < count; n++)
        {
            var (index, rest) = (new int[sizes.Length], n);
            for (var axis = sizes.Length - 1; axis >= 0; axis--) (rest, index[axis]) = Math.DivRem(rest, sizes[axis]);
            yield return index;
        }
    }

    public static int[] Common(params OnnxArray[] arrays)
    {
        var rank = arrays.Max(a => a.Rank);
        return [.. Enumerable.Range(0, rank).Select(axis => arrays.Where(a => axis - rank + a.Rank >= 0).Select(a => a.Sizes[axis - rank + a.Rank]).Aggregate(1, (a, b) =>
            a == b || b == 1 ? a : a == 1 ? b : throw new InvalidDataException($"lengths {a} and {b} do not broadcast")))];
    }
}
