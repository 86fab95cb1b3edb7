using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>The kernels of recurrences give the bits of plain loops, at every width and for any number of threads.</summary>
public sealed class RecurrenceTest
{
    private static readonly (int Outer, int Length, int Inner)[] Edges =
        [(1, 50000, 1), (9, 4000, 1), (1, 300, 700), (1, 3, 20011), (30, 17, 5), (3, 40, 33), (1, 1, 9), (2, 0, 3), (0, 3, 3), (3, 3, 0), (8, 100, 1), (5, 2, 2)];

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
            foreach (var (outer, n, inner) in Edges.Concat(Enumerable.Range(0, 25).Select(_ => (random.Next(1, 9), random.Next(1, 40), random.Next(1, 40)))))
            {
                int[] sizes = [outer, n, inner];
                var (a, b) = (Expr.Variable("a", outer, n, inner), Expr.Variable("b", outer, n, inner));
                Tensor<T> Values(Func<double> value) => Tensor<T>.Build(sizes, v => { foreach (ref var e in v) e = T.CreateTruncating(value()); });
                var factors = Values(() => random.NextDouble() * 2 - 1);
                var terms = Values(() => random.Next(5000) == 0 ? double.NaN : random.NextDouble() * 2 - 1);
                var found = Compiler.Compile<T>(new Computation([a, b],
                    [Formulas.Cumulate(a, b, 1), Formulas.Cumulate(a, b, 1, reverse: true), b.CumSum(1), Formulas.Cumulate(1, b, 1, reverse: true), b.CumMax(1)]), backend: backend).Invoke(factors, terms);
                Func<T, T, T, T>[] next = [T.FusedMultiplyAdd, T.FusedMultiplyAdd, (_, y, t) => y + t, (_, y, t) => y + t, (_, y, t) => T.Max(y, t)];
                for (var f = 0; f < next.Length; f++)
                {
                    var wanted = Scanned(outer, n, inner, f is 1 or 3, factors, terms, next[f]);
                    Assert.True(found[f].Span.SequenceEqual(wanted), $"{f} of ({outer}, {n}, {inner}) at {width}");
                }
            }
        }
    }

    private static T[] Scanned<T>(int outer, int n, int inner, bool reverse, Tensor<T> factors, Tensor<T> terms, Func<T, T, T, T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = terms.Span.ToArray();
        for (var line = 0; line < outer * inner; line++)
            for (var k = 1; k < n; k++)
            {
                var at = (line / inner * n + (reverse ? n - 1 - k : k)) * inner + line % inner;
                values[at] = next(factors.Span[at], values[at + (reverse ? inner : -inner)], terms.Span[at]);
            }
        return values;
    }

    [Fact]
    public void Factors_that_are_1_are_not_stored()
    {
        var x = Expr.Variable("x", 1000);
        var sum = Compiler.Compile<double>(new Computation([x], [x.CumSum(0), Gradient.Of(x.CumSum(0).Square().Sum(), x)]));
        Assert.Equal(2, sum.Plan.Steps.Count(s => s.Routine is AutoDiffAE.Planning.Routine.RunningSum));
        Assert.DoesNotContain(sum.Plan.Steps, s => s.Routine is AutoDiffAE.Planning.Routine.Cumulate);
    }
}
