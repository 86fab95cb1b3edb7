using System.Numerics;
using AutoDiffAE.Cpu;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

public unsafe class MovementTest
{
    [Fact]
    public void FloatsAt512Bits() => Copies<Lanes512<float>, float>(1);

    [Fact]
    public void FloatsAt256Bits() => Copies<Lanes256<float>, float>(2);

    [Fact]
    public void FloatsAt128Bits() => Copies<Lanes128<float>, float>(3);

    [Fact]
    public void DoublesAt512Bits() => Copies<Lanes512<double>, double>(4);

    [Fact]
    public void DoublesAt256Bits() => Copies<Lanes256<double>, double>(5);

    [Fact]
    public void DoublesAt128Bits() => Copies<Lanes128<double>, double>(6);

    /// <summary>Boxes of any strides: permuted, flipped, sliced by steps, broadcast.</summary>
    private static void Copies<V, T>(int seed)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 1500; trial++)
        {
            var sizes = RandomSizes(random);
            var (target, targetOffset, targetLength) = Layout(random, sizes, broadcast: false);
            var (source, sourceOffset, sourceLength) = Layout(random, sizes, broadcast: true);
            Check<V, T>(sizes, target, targetOffset, targetLength, source, sourceOffset, sourceLength);
        }
        Check<V, T>([300, 1000], [1000, 1], 0, 300000, [1, 300], 0, 300000);
        Check<V, T>([2, 130, 3, 70], [27300, 210, 70, 1], 0, 54600, [27300, 1, 130, 390], 0, 54600);
        Check<V, T>([50, 28, 28], [784, 28, 1], 0, 39200, [784, 28, -1], 27, 39200);
        Check<V, T>([3, 40000], [40000, 1], 0, 120000, [1, 0], 0, 3);
        Check<V, T>([3, 40000], [40000, 1], 0, 120000, [0, -1], 39999, 40000);
        foreach (var rows in (int[])[1, 3, 4, 7, 8, 14, 16, 37]) Check<V, T>([5, rows, 2], [2 * rows, 2, 1], 0, 10 * rows, [2 * rows, 1, rows], 0, 10 * rows);
        Check<V, T>([33, 11, 4], [44, 4, 1], 0, 1452, [11, 1, 0], 0, 363);
    }

    private static int[] RandomSizes(Random random)
    {
        var sizes = new int[random.Next(0, 5)];
        foreach (ref var size in sizes.AsSpan())
            size = random.Next(10) switch { 0 => 1, 1 => random.Next(0, 4), 2 => random.Next(20, 45), _ => random.Next(1, 12) };
        return sizes;
    }

    /// <summary>Places for a box in memory of the returned length: axes in any order, steps of 1 to 3, either direction.</summary>
    private static (long[] Strides, long Offset, long Length) Layout(Random random, int[] sizes, bool broadcast)
    {
        var strides = new long[sizes.Length];
        var (offset, length) = (0L, 1L);
        var order = Enumerable.Range(0, sizes.Length).Reverse().ToArray();
        if (random.Next(2) == 0) random.Shuffle(order);
        foreach (var axis in order)
        {
            if (broadcast && random.Next(5) == 0) continue;
            strides[axis] = length * (random.Next(4) == 0 ? random.Next(1, 4) : 1);
            length = strides[axis] * Math.Max(sizes[axis], 1);
            if (random.Next(5) != 0) continue;
            offset += (Math.Max(sizes[axis], 1) - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        var margin = random.Next(4);
        return (strides, offset + margin, length + margin);
    }

    private static void Check<V, T>(int[] sizes, long[] targetStrides, long targetOffset, long targetLength, long[] sourceStrides, long sourceOffset, long sourceLength)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = Enumerable.Range(1, (int)sourceLength).Select(T.CreateTruncating).ToArray();
        var expected = new T[targetLength + 16];
        Array.Fill(expected, T.NegativeOne);
        var (inOrder, reversed) = ((T[])expected.Clone(), (T[])expected.Clone());
        var count = sizes.Aggregate(1L, (product, size) => product * size);
        for (var index = 0L; index < count; index++)
        {
            var (rest, t, s) = (index, targetOffset, sourceOffset);
            for (var axis = sizes.Length - 1; axis >= 0; rest /= sizes[axis--])
                (t, s) = (t + rest % sizes[axis] * targetStrides[axis], s + rest % sizes[axis] * sourceStrides[axis]);
            expected[t] = source[s];
        }
        var plan = CopyPlan.Make(sizes, targetStrides, targetOffset, sourceStrides, sourceOffset);
        fixed (T* from = source, to = inOrder, other = reversed)
        {
            Movement<V, T>.Run(plan, to, from);
            var state = new CopyState<T> { Plan = plan, Target = other, Source = from };
            for (var chunk = Movement<V, T>.Chunks(plan) - 1; chunk >= 0; chunk--) Movement<V, T>.Chunk(&state, chunk, 0);
        }
        Assert.True(expected.AsSpan().SequenceEqual(inOrder), $"({string.Join(", ", sizes)}) from {string.Join(", ", sourceStrides)} to {string.Join(", ", targetStrides)}");
        Assert.True(inOrder.AsSpan().SequenceEqual(reversed));
    }

    [Fact]
    public void FillWritesNothingBeyondItsEnd()
    {
        var values = new float[80];
        for (var n = 0; n < 64; n++)
        {
            Array.Clear(values);
            fixed (float* target = values) Movement<Lanes512<float>, float>.Fill(target + 3, n, 2);
            Assert.Equal(n, values.Count(v => v == 2));
            Assert.True(values.AsSpan(3, n).IndexOfAnyExcept(2f) < 0);
        }
    }

    [Fact]
    public void TwoElementsInOnePlaceAreRefused() =>
        Assert.Throws<ArgumentException>(() => CopyPlan.Make([2], [0], 0, [1], 0));
}
