using System.Numerics;
using AutoDiffAE.Cpu;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

public unsafe class MatMulTest
{
    private static readonly Workers One = new(1);
    private static readonly Workers Two = new(2);

    public static TheoryData<int, int, int, int> Sizes()
    {
        var data = new TheoryData<int, int, int, int>();
        foreach (var (batch, m, k, n) in new[]
        {
            (1, 0, 3, 4), (1, 3, 0, 4), (1, 3, 4, 0), (0, 3, 4, 5), (1, 1, 1, 1), (1, 1, 1, 50), (1, 50, 1, 1), (1, 5, 1, 7),
            (1, 1, 700, 1), (1, 3, 1100, 2), (1, 1, 300, 333), (1, 333, 300, 1), (1, 2, 40, 200), (1, 3, 65, 97), (1, 4, 17, 130),
            (1, 8, 16, 48), (1, 9, 257, 49), (1, 13, 31, 63), (1, 40, 128, 145), (1, 33, 513, 15), (1, 64, 64, 64), (1, 17, 1030, 65),
            (3, 12, 20, 33), (5, 7, 9, 11), (1, 100, 70, 300), (1, 70, 520, 301), (2, 65, 300, 17), (1, 9, 20000, 5), (1, 20, 9000, 40),
            (1, 600, 30, 50), (1, 30, 40, 1700), (2, 1, 64, 64), (1, 8, 300, 400), (1, 24, 2100, 40), (1, 50, 1100, 37), (1, 130, 90, 40), (1, 11, 5, 24), (1, 300, 700, 200), (1, 16, 3000, 16),
        }) data.Add(batch, m, k, n);
        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void EqualsTheNaiveSum(int batch, int m, int k, int n)
    {
        foreach (bool transposeA in new[] { false, true })
        foreach (bool transposeB in new[] { false, true })
        {
            var g = MatMulGeometry.Of(batch, m, k, n, transposeA, transposeB);
            Check<float>(g, 1e-5);
            Check<double>(g, 1e-12);
        }
    }

    [Fact]
    public void StridesMayLeaveGapsAndBatchesMayShareAMatrix()
    {
        var g = MatMulGeometry.Of(3, 13, 40, 37);
        Check<float>(g with { ARow = 45, ABatch = 45 * 13 }, 1e-5);
        Check<float>(g with { ABatch = 0 }, 1e-5);
        Check<double>(g with { BBatch = 0, BRow = 50 }, 1e-12);
        Check<double>(MatMulGeometry.Of(3, 13, 600, 5) with { BBatch = 0 }, 1e-12);
        Check<double>(MatMulGeometry.Of(2, 13, 20, 37, true, true) with { ABatch = 0, BColumn = 25, BBatch = 25 * 37 }, 1e-12);
        Check<float>(MatMulGeometry.Of(1, 20, 30, 40) with { BRow = 2000 }, 1e-5);
    }

    private static void Check<T>(in MatMulGeometry g, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var a = Native<T>.Random(Extent(g.Batch, g.ABatch, g.Rows, g.ARow, g.Inner, g.AColumn), 1);
        using var b = Native<T>.Random(Extent(g.Batch, g.BBatch, g.Inner, g.BRow, g.Columns, g.BColumn), 2);
        var expected = new double[(long)g.Batch * g.Rows * g.Columns];
        double scale = Math.Sqrt(g.Inner) + 1;
        for (int s = 0; s < g.Batch; s++)
        for (int i = 0; i < g.Rows; i++)
        for (int j = 0; j < g.Columns; j++)
        {
            double sum = 0;
            for (int k = 0; k < g.Inner; k++)
            {
                sum += double.CreateTruncating(a.Span[(int)(s * g.ABatch + i * g.ARow + k * g.AColumn)])
                    * double.CreateTruncating(b.Span[(int)(s * g.BBatch + k * g.BRow + j * g.BColumn)]);
            }

            expected[(s * g.Rows + i) * g.Columns + j] = sum;
        }

        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            using var c = new Native<T>(expected.Length);
            using var again = new Native<T>(expected.Length);
            MatMul.Run(g, a.Pointer, b.Pointer, c.Pointer, One, width);
            MatMul.Run(g, a.Pointer, b.Pointer, again.Pointer, Two, width);
            for (int i = 0; i < expected.Length; i++)
            {
                double error = Math.Abs(double.CreateTruncating(c.Span[i]) - expected[i]);
                if (!(error <= tolerance * scale)) Assert.Fail($"{typeof(T).Name} {width} {g}: element {i} is {c.Span[i]}, not {expected[i]}");
            }

            Assert.True(c.Span.SequenceEqual(again.Span), $"{width} {g}: other bits with two threads");
            Assert.True(c.GuardsHold() && again.GuardsHold(), $"{width} {g}: wrote out of bounds");
        }
    }

    private static long Extent(int batch, long batchStride, int rows, long rowStride, int columns, long columnStride) =>
        batch == 0 || rows == 0 || columns == 0 ? 0 : (batch - 1) * batchStride + (rows - 1) * rowStride + (columns - 1) * columnStride + 1;
}
