using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

public unsafe class MaximumIndicatorTest
{
    [Fact]
    public void FloatsAt512Bits() => Rules<Lanes512<float>, float>(1);

    [Fact]
    public void FloatsAt256Bits() => Rules<Lanes256<float>, float>(2);

    [Fact]
    public void FloatsAt128Bits() => Rules<Lanes128<float>, float>(3);

    [Fact]
    public void DoublesAt512Bits() => Rules<Lanes512<double>, double>(4);

    [Fact]
    public void DoublesAt256Bits() => Rules<Lanes256<double>, double>(5);

    [Fact]
    public void DoublesAt128Bits() => Rules<Lanes128<double>, double>(6);

    private static void Rules<V, T>(int seed)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        foreach (var c in ReductionCase.All(seed))
        {
            var (owners, values) = (c.Owners(), new T[c.Count]);
            var levels = random.Next(1, 50);
            foreach (ref var v in values.AsSpan()) v = T.CreateTruncating(random.Next(-levels, levels));
            if (random.Next(4) == 0)
                for (var i = 0; i < 3; i++) values[random.Next(values.Length)] = T.NaN;
            foreach (var rule in Enum.GetValues<TieRule>())
                Assert.True(Indicate<V, T>(c, rule, values).AsSpan().SequenceEqual(Naive(c, owners, rule, values)), $"{rule} of {c}");
        }
    }

    private static T[] Naive<T>(ReductionCase c, long[] owners, TieRule rule, T[] values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (maxima, counts, weights) = (new T[c.Results], new long[c.Results], new T[c.Count]);
        Array.Fill(maxima, T.NegativeInfinity);
        for (var i = 0; i < values.Length; i++) maxima[owners[i]] = T.Max(maxima[owners[i]], values[i]);
        bool Attains(int i) => values[i].Equals(maxima[owners[i]]);
        for (var i = 0; i < values.Length; i++)
            if (Attains(i) && counts[owners[i]]++ == 0 && rule == TieRule.First) weights[i] = T.One;
        if (rule == TieRule.First) return weights;
        for (var i = 0; i < values.Length; i++)
            if (Attains(i)) weights[i] = rule == TieRule.Each ? T.One : T.One / T.CreateTruncating(counts[owners[i]]);
        return weights;
    }

    private static T[] Indicate<V, T>(ReductionCase c, TieRule rule, T[] values)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = ReductionPlan.Make(c.Sizes, c.Mask, sizeof(T));
        var (result, other, maxima) = (new T[c.Count + 16], new T[c.Count + 16], new T[c.Results]);
        fixed (T* source = values, target = result, reversed = other, m = maxima)
        {
            Reduction<V, T, MaximumFold<V, T>>.Run(plan, m, source);
            MaximumIndicator<V, T>.Run(plan, rule, target, source, m);
            var state = new IndicatorState<T> { Plan = plan, Rule = rule, Target = reversed, Source = source, Maxima = m };
            for (var chunk = MaximumIndicator<V, T>.Chunks(plan) - 1; chunk >= 0; chunk--) MaximumIndicator<V, T>.Chunk(&state, chunk, 0);
        }
        Assert.True(result.AsSpan().SequenceEqual(other), $"order of chunks, {c}");
        Assert.True(result.AsSpan((int)c.Count).IndexOfAnyExcept(T.Zero) < 0, $"written beyond the end, {c}");
        return result[..(int)c.Count];
    }

    /// <summary>More rows than single precision can number: the first of equals is still the only one.</summary>
    [Fact]
    public void FirstOfVeryManyRows()
    {
        var c = new ReductionCase([3_000_000, 2, 2], [true, false, true]);
        var values = new float[c.Count];
        (values[6_000_001], values[8_000_001], values[11_999_998], values[11_999_999]) = (1, 1, 1, 1);
        var w = Indicate<Lanes512<float>, float>(c, TieRule.First, values);
        Assert.Equal((1f, 1f, 2), (w[6_000_001], w[11_999_998], w.Count(v => v != 0)));
    }
}
