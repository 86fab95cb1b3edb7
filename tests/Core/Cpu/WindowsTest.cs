using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>Windows and their reductions on arrays of many vectors, at every width, against the oracle and with the same bits for any number of threads.</summary>
public sealed class WindowsTest
{
    private static readonly (int[] X, TapAxis[] Taps)[] Sizes =
    [
        ([3, 100], [new(3)]),
        ([2, 2, 131], [new(5, 2)]),
        ([70], [new(3, 3, 2)]),
        ([2, 3, 9, 50], [new(3), new(3)]),
        ([1, 200, 37], [new(3, 2), new(3, 2)]),
        ([40, 12, 33], [new(2, 2), new(3, 2, 2)]),
        ([2, 20, 64], [new(4, 3, 2), new(5, 4)]),
        ([5, 7, 7], [new(3, 2), new(3, 2)]),
        ([3, 34, 18], [new(1, 3), new(1, 2)]),
        ([1, 5, 6, 40], [new(2), new(3, 2), new(3)]),
        ([2, 4, 5, 35], [new(2, 2), new(2), new(2, 2)]),
        ([0, 9, 40], [new(3), new(3)]),
    ];

    public static TheoryData<int, bool> Widths => new() { { 128, true }, { 256, true }, { 512, true }, { 128, false }, { 256, false }, { 512, false } };

    [Theory]
    [MemberData(nameof(Widths))]
    public void They_are_what_the_oracle_says(int bits, bool single)
    {
        for (var i = 0; i < Sizes.Length; i++)
            if (single) Check<float>(i, (LaneWidth)bits, 2e-6);
            else Check<double>(i, (LaneWidth)bits, 1e-14);
    }

    private static void Check<T>(int which, LaneWidth width, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (sizes, axes) = Sizes[which];
        var (random, taps) = (new Random(which), axes.ToSequence());
        // Whole numbers, so that there are ties; now and then an infinity.
        Tensor<double> Values(int[] shape) => Tensor<double>.Build(shape, values =>
        {
            foreach (ref var v in values) v = random.Next(400) switch { 0 => double.NegativeInfinity, _ => random.Next(-9, 10) };
        });
        var x = Expr.Variable("x", Shape.Of(sizes));
        var windows = Expr.Of(new Op.Windows(taps), x);
        int[] reduced = [.. Enumerable.Range(x.Rank, taps.Count)];
        var dy = Expr.Variable("dy", windows.Shape.Without(Axes.Of(reduced)));
        var dw = Expr.Variable("dw", windows.Shape);
        int[] tapsFirst = [.. Enumerable.Range(0, x.Rank - taps.Count), .. reduced, .. reduced.Select(a => a - taps.Count)];
        var maximum = windows.Max(reduced, ties: TieRule.First);
        List<Expr> outputs =
        [
            windows.Permute([.. Enumerable.Range(0, windows.Rank).Reverse()]),
            windows.Sum(reduced),
            maximum,
            Gradient.Of(maximum, [x], dy)[0],
            Gradient.Of(windows.Max(reduced), [x], dy)[0],
            Gradient.Of(windows.Sum(reduced), [x], dy)[0],
            Gradient.Of(windows, [x], dw)[0],
            Gradient.Of(windows.Permute(tapsFirst), [x], dw.Permute(tapsFirst))[0],
        ];
        List<(Expr, Tensor<double>)> given = [(x, Values(sizes)), .. new[] { dy, dw }.Select(v => (v, Finite(v.Shape.Evaluate(new Dictionary<string, long>()), random)))];
        var expected = Oracle.Evaluate(outputs, given);
        var found = new Compiled<T>(new CpuBackend(1, width)).Evaluate(outputs, given);
        for (var i = 0; i < outputs.Count; i++)
            Assert.Null(Golden.GoldenTest.Fault(found[i], expected[i], tolerance, 1) is { } fault ? $"output {i} of case {which}: {fault}" : null);
        foreach (var threads in (int[])[2, 5])
        {
            var others = new Compiled<T>(new CpuBackend(threads, width)).Evaluate(outputs, given);
            for (var i = 0; i < outputs.Count; i++) Assert.True(found[i].Span.SequenceEqual(others[i].Span), $"output {i} of case {which} with {threads} threads");
        }
    }

    [Fact]
    public void A_window_with_a_NaN_has_it_as_maximum_and_the_first_has_the_cotangent()
    {
        var x = Expr.Variable("x", 40);
        var maximum = Expr.Of(new Op.Windows([new(3, 2)]), x).Max([1], ties: TieRule.First);
        var values = Enumerable.Range(0, 40).Select(i => i is 8 or 9 or 35 ? double.NaN : 0).ToArray();
        foreach (var bits in (int[])[128, 256, 512])
        {
            var backend = new CpuBackend(1, (LaneWidth)bits);
            var found = new Compiled<float>(backend).Evaluate([maximum, Gradient.Of(maximum.Sum(), x)], [(x, Tensor<double>.Of(values, 40))]);
            Assert.Equal([3, 4, 17], Enumerable.Range(0, 19).Where(o => double.IsNaN(found[0].Span[o])));
            Assert.Equal([0, 2, 4, 8, 8, 10], [.. found[1].Span.ToArray().SelectMany((g, i) => Enumerable.Repeat(i, (int)g)).Take(6)]);
            Assert.Equal(1, found[1].Span[35]);
        }
    }

    private static Tensor<double> Finite(int[] sizes, Random random) => Tensor<double>.Build(sizes, values =>
    {
        foreach (ref var v in values) v = random.NextDouble() - 0.5;
    });
}
