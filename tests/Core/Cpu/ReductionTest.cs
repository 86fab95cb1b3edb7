using System.Numerics;
using AutoDiffAE.Cpu;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

public unsafe class ReductionTest
{
    [Fact]
    public void FloatsAt512Bits() => Both<Lanes512<float>, float>(1);

    [Fact]
    public void FloatsAt256Bits() => Both<Lanes256<float>, float>(2);

    [Fact]
    public void FloatsAt128Bits() => Both<Lanes128<float>, float>(3);

    [Fact]
    public void DoublesAt512Bits() => Both<Lanes512<double>, double>(4);

    [Fact]
    public void DoublesAt256Bits() => Both<Lanes256<double>, double>(5);

    [Fact]
    public void DoublesAt128Bits() => Both<Lanes128<double>, double>(6);

    private static void Both<V, T>(int seed)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        foreach (var c in ReductionCase.All(seed))
        {
            var (owners, values) = (c.Owners(), new T[c.Count]);
            foreach (ref var v in values.AsSpan()) v = T.CreateTruncating(random.NextDouble() * 2 - 1);
            var (sums, sizes) = (new double[c.Results], new double[c.Results]);
            for (var i = 0; i < values.Length; i++)
            {
                sums[owners[i]] += double.CreateTruncating(values[i]);
                sizes[owners[i]] += Math.Abs(double.CreateTruncating(values[i]));
            }
            var unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
            var sum = Reduce<V, T, SumFold<V, T>>(c, values);
            for (var o = 0; o < sums.Length; o++)
                Assert.True(Math.Abs(double.CreateTruncating(sum[o]) - sums[o]) <= Math.Max(4 * unit, 1e-15) * sizes[o] + 1e-300, $"sum of {c} at {o}");

            // Factors near 1 of either sign: what is multiplied neither vanishes nor overflows.
            var (factors, products) = (values.Select(v => v < T.Zero ? v * T.CreateTruncating(1e-4) - T.One : T.One + v * T.CreateTruncating(1e-4)).ToArray(), new double[c.Results]);
            Array.Fill(products, 1);
            for (var i = 0; i < factors.Length; i++) products[owners[i]] *= double.CreateTruncating(factors[i]);
            var product = Reduce<V, T, ProductFold<V, T>>(c, factors);
            var terms = c.Results == 0 ? 1 : c.Count / c.Results + 1;
            for (var o = 0; o < products.Length; o++)
                Assert.True(Math.Abs(double.CreateTruncating(product[o]) / products[o] - 1) <= terms * Math.Max(unit, 1e-15), $"product of {c} at {o}");

            if (random.Next(4) == 0 && values.Length > 0) values[random.Next(values.Length)] = T.NaN;
            var maxima = new T[c.Results];
            Array.Fill(maxima, T.NegativeInfinity);
            for (var i = 0; i < values.Length; i++) maxima[owners[i]] = T.Max(maxima[owners[i]], values[i]);
            Assert.True(Reduce<V, T, MaximumFold<V, T>>(c, values).AsSpan().SequenceEqual(maxima), $"maximum of {c}");
        }
    }

    /// <summary>The result, after checking that the order of chunks changes no bit and that nothing else is written.</summary>
    private static T[] Reduce<V, T, F>(ReductionCase c, T[] values)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where F : struct, IFold<V, T>
    {
        var plan = ReductionPlan.Make(c.Sizes, c.Mask, sizeof(T));
        var (result, other, partials) = (new T[c.Results + 16], new T[c.Results + 16], new T[plan.Partials]);
        fixed (T* source = values, target = result, reversed = other, scratch = partials)
        {
            Reduction<V, T, F>.Run(plan, target, source);
            var state = new ReductionState<T> { Plan = plan, Target = reversed, Source = source, Partials = scratch };
            for (var chunk = Reduction<V, T, F>.Chunks(plan) - 1; chunk >= 0; chunk--) Reduction<V, T, F>.Chunk(&state, chunk, 0);
            Reduction<V, T, F>.Combine(&state);
        }
        Assert.True(result.AsSpan().SequenceEqual(other), $"order of chunks, {c}");
        Assert.True(result.AsSpan((int)c.Results).IndexOfAnyExcept(T.Zero) < 0, $"written beyond the end, {c}");
        return result[..(int)c.Results];
    }

    [Fact]
    public void NothingSumsToZeroAndHasNoMaximum()
    {
        var c = new ReductionCase([3, 0], [false, true]);
        Assert.Equal([1f, 1f, 1f], Reduce<Lanes512<float>, float, ProductFold<Lanes512<float>, float>>(c, []));
        Assert.Equal([0f, 0f, 0f], Reduce<Lanes512<float>, float, SumFold<Lanes512<float>, float>>(c, []));
        Assert.Throws<InvalidOperationException>(() => Reduce<Lanes512<float>, float, MaximumFold<Lanes512<float>, float>>(c, []));
        Assert.Empty(Reduce<Lanes512<float>, float, MaximumFold<Lanes512<float>, float>>(new([0, 3], [false, true]), []));
    }

    [Fact]
    public void ErrorsOfLongSumsStaySmall()
    {
        foreach (var c in (ReductionCase[])[new([4_000_000], [true]), new([400_000, 10], [true, false])])
        {
            var values = new float[c.Count];
            Array.Fill(values, 0.1f);
            var exact = (double)0.1f * c.Count / c.Results;
            foreach (var sum in Reduce<Lanes128<float>, float, SumFold<Lanes128<float>, float>>(c, values)) Assert.InRange(sum / exact - 1, -2e-6, 2e-6);
        }
    }
}
