using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>The kernels of indexing give the bits of plain loops, at every width and for any number of threads.</summary>
public sealed class IndexingTest
{
    private readonly record struct Sizes(int Batches, int Outer, int Length, int Indices, int Inner);

    private static readonly Sizes[] Edges =
    [
        new(1, 1, 5000, 20000, 1), new(1, 1, 300, 2000, 64), new(1, 1, 300, 12000, 3), new(1, 1, 7, 900, 1000), new(1, 1, 20, 100, 3001), new(2, 1, 3, 900, 1500), new(2, 1, 50, 900, 131), new(40, 9, 33, 40, 1),
        new(1, 1, 3, 0, 4), new(1, 1, 0, 0, 4), new(2, 3, 4, 5, 0), new(0, 2, 3, 4, 5), new(1, 600, 9, 1, 33), new(1, 1, 1, 40000, 1), new(1, 1, 40000, 1, 1),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Floats(int threads) => Check<float>(threads);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Doubles(int threads) => Check<double>(threads);

    private static void Check<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(threads);
        foreach (var width in (LaneWidth[])[LaneWidth.Bits128, LaneWidth.Bits256, LaneWidth.Bits512])
        {
            var backend = new CpuBackend(threads, width);
            foreach (var s in Edges.Concat(Enumerable.Range(0, 25).Select(_ => new Sizes(random.Next(1, 4), random.Next(1, 6), random.Next(1, 40), random.Next(1, 60), random.Next(1, 40)))))
            {
                GathersAndScatters<T>(s, random, backend);
                Sorts<T>(s, random, backend);
            }
        }
    }

    private static Tensor<T> Values<T>(Random random, params int[] sizes) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Tensor<T>.Build(sizes, v => { foreach (ref var e in v) e = T.CreateTruncating(random.NextDouble() * 2 - 1); });

    private static void GathersAndScatters<T>(Sizes s, Random random, CpuBackend backend) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (x, i) = (Expr.Variable("x", s.Batches, s.Outer, s.Length, s.Inner), Expr.Variable("i", s.Batches, s.Indices));
        var y = Expr.Variable("y", s.Batches, s.Outer, s.Indices, s.Inner);
        Expr[] outputs = [x.Take(i, 2, 1), Expr.Of(new Op.ScatterAdd(1, 2, s.Length), i, y)];
        var (xs, ys) = (Values<T>(random, s.Batches, s.Outer, s.Length, s.Inner), Values<T>(random, s.Batches, s.Outer, s.Indices, s.Inner));
        var index = Tensor<T>.Build([s.Batches, s.Indices], v => { foreach (ref var e in v) e = T.CreateTruncating(random.Next(-s.Length, s.Length)); });

        var (taken, added) = (new T[s.Batches * s.Outer * s.Indices * s.Inner], new T[s.Batches * s.Outer * s.Length * s.Inner]);
        for (var group = 0; group < s.Batches * s.Outer; group++)
            for (var k = 0; k < s.Indices; k++)
                for (var r = 0; r < s.Inner; r++)
                {
                    var at = int.CreateTruncating(index.Span[group / s.Outer * s.Indices + k]);
                    var (there, here) = ((group * s.Length + (at < 0 ? at + s.Length : at)) * s.Inner + r, (group * s.Indices + k) * s.Inner + r);
                    taken[here] = xs.Span[there];
                    added[there] += ys.Span[here];
                }
        var found = Compiler.Compile<T>(new Computation([x, i, y], [.. outputs]), backend: backend).Invoke(xs, index, ys);
        Assert.True(found[0].Span.SequenceEqual(taken), $"take, {s}");
        Assert.True(found[1].Span.SequenceEqual(added), $"add_at, {s}");
    }

    /// <summary>Few values, so that many are equal, with zeros of both signs, infinities and NaN; the runtime's own stable sort is by Comparer, which has NaN first.</summary>
    private static void Sorts<T>(Sizes s, Random random, CpuBackend backend) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] few = [T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Zero, T.NegativeZero, T.One, -T.One, T.Epsilon, -T.Epsilon, -T.NaN];
        var x = Expr.Variable("x", s.Outer, s.Length, s.Inner);
        var xs = Tensor<T>.Build([s.Outer, s.Length, s.Inner], v =>
        {
            foreach (ref var e in v) e = random.Next(2) == 0 ? few[random.Next(few.Length)] : T.CreateTruncating((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30)));
        });
        var found = Compiler.Compile<T>(new Computation([x], [x.ArgSort(1)]), backend: backend).Invoke(xs)[0];
        for (var line = 0; line < s.Outer * s.Inner; line++)
        {
            int At(int k) => (line / s.Inner * s.Length + k) * s.Inner + line % s.Inner;
            var wanted = Enumerable.Range(0, s.Length).OrderBy(k => T.IsNaN(xs.Span[At(k)])).ThenBy(k => xs.Span[At(k)]);
            Assert.True(wanted.SequenceEqual(Enumerable.Range(0, s.Length).Select(k => int.CreateChecked(found.Span[At(k)]))), $"argsort, line {line} of {s}");
        }
    }

    [Theory]
    [InlineData(5.0, "index 5 at (1, 0)")]
    [InlineData(-6.0, "index -6 at (1, 0)")]
    [InlineData(1.5, "index 1.5 at (1, 0)")]
    [InlineData(double.NaN, "index NaN at (1, 0)")]
    [InlineData(double.NegativeInfinity, "index -Infinity at (1, 0)")]
    [InlineData(1e300, "index 1E+300 at (1, 0)")]
    public void An_index_that_is_no_position_is_named_and_nothing_is_changed(double wrong, string where)
    {
        var (w, i) = (Expr.Variable("w", 3, 5), Expr.Variable("i", 2, 2));
        var index = Tensor<double>.Of([0, -5, wrong, 99], 2, 2);
        foreach (var read in (Func<Expr>[])[() => w.Take(i, 1), () => Expr.Of(new Op.ScatterAdd(0, 1, 5), i, w.Slice(1, new(0, 4)).Reshape(3, 2, 2)) * w])
        {
            var store = new Store<double> { [w] = Tensor<double>.Full(7, 3, 5) };
            var function = Compiler.Compile(new Computation([i], [read()], [new Update(w, w + 1)]), store, new CpuBackend(2));
            var message = Assert.Throws<IndexException>(() => function.Invoke(index)).Message;
            Assert.Contains(where, message, StringComparison.Ordinal);
            Assert.Contains("axis 1 of length 5, which has positions 0 to 4, or -5 to -1", message, StringComparison.Ordinal);
            Assert.All(store[w].Span.ToArray(), v => Assert.Equal(7, v));
            function.Invoke(Tensor<double>.Full(4, 2, 2));
            Assert.All(store[w].Span.ToArray(), v => Assert.Equal(8, v));
        }
    }

    [Fact]
    public void The_first_wrong_index_is_named_whoever_meets_it()
    {
        var (x, i) = (Expr.Variable("x", 3), Expr.Variable("i", 100000));
        var index = Tensor<double>.Build([100000], v => { for (var k = 0; k < v.Length; k++) v[k] = k < 60000 ? 1 : k; });
        var take = Compiler.Compile<double>(new Computation([x, i], [x.Take(i, 0)]), backend: new CpuBackend(4));
        for (var trial = 0; trial < 20; trial++)
            Assert.Contains("index 60000 at (60000)", Assert.Throws<IndexException>(() => take.Invoke(Tensor<double>.Full(1, 3), index)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Single_precision_does_not_index_what_it_cannot_count()
    {
        const int TooLong = (1 << 24) + 1;
        var i = Expr.Variable("i", 2);
        Expr At(Dim n) => Expr.Of(new Op.ScatterAdd(0, 0, n), i, i).Sum();
        Assert.Contains("axis of length 16777217 is indexed", Assert.Throws<ShapeException>(() => Compiler.Compile<float>(new Computation([i], [At(TooLong)]))).Message, StringComparison.Ordinal);
        Compiler.Compile<float>(new Computation([i], [At(TooLong - 1)]));
        Compiler.Compile<double>(new Computation([i], [At(TooLong)]));
        var b = Expr.Variable("b", "n", 0);
        var bound = Compiler.Compile<float>(new Computation([i, b], [At(Dim.Named("n"))]));
        Buffer<float> scalar = new();
        Assert.Throws<ShapeException>(() => bound.Invoke([new Buffer<float>(2), new Buffer<float>(TooLong, 0)], [scalar]));
        bound.Invoke([new Buffer<float>(2), new Buffer<float>(5, 0)], [scalar]);
    }
}
