using System.Numerics;
using AutoDiffAE.Cpu;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

public unsafe class ConvolutionTest
{
    private static readonly Workers One = new(1);
    private static readonly Workers Two = new(2);

    private static ConvolutionAxis Axis(int input, int kernel, int stride = 1, int dilation = 1, int low = 0, int high = 0) =>
        new(input, kernel, (input + low + high - (kernel - 1) * dilation - 1) / stride + 1, stride, dilation, low);

    private static ConvolutionGeometry Plane(int batch, int inputs, int outputs, ConvolutionAxis height, ConvolutionAxis width, int groups = 1) =>
        new(batch, inputs, outputs, groups, ConvolutionAxis.Unit, height, width, false);

    private static IEnumerable<ConvolutionGeometry> Geometries()
    {
        yield return Plane(2, 1, 1, Axis(1, 1), Axis(1, 1));
        yield return Plane(3, 2, 3, Axis(5, 3), Axis(6, 2));
        yield return Plane(3, 1, 32, Axis(28, 7), Axis(28, 7));
        yield return Plane(2, 32, 1, Axis(34, 7), Axis(34, 7));
        yield return Plane(2, 9, 13, Axis(20, 3, low: 1, high: 1), Axis(20, 3, low: 1, high: 1));
        yield return Plane(2, 16, 8, Axis(14, 3, low: 1, high: 1), Axis(14, 3, low: 1, high: 1));
        yield return Plane(1, 5, 40, Axis(40, 3), Axis(50, 5));
        yield return Plane(40, 2, 2, Axis(4, 3), Axis(3, 3));
        yield return Plane(2, 3, 5, Axis(9, 3, stride: 2, low: 1, high: 1), Axis(17, 4, stride: 3, low: 2, high: 1));
        yield return Plane(2, 4, 6, Axis(33, 3, stride: 2), Axis(70, 3, stride: 2, low: 1, high: 1), groups: 2);
        yield return Plane(2, 3, 4, Axis(11, 1, stride: 3), Axis(12, 1, stride: 2));
        yield return Plane(2, 3, 4, Axis(11, 2, stride: 5), Axis(12, 2, stride: 3));
        yield return Plane(2, 3, 4, Axis(15, 3, dilation: 3), Axis(40, 3, dilation: 2, low: 3, high: 1));
        yield return Plane(2, 2, 3, Axis(20, 3, stride: 2, dilation: 3, low: 1), Axis(21, 3, stride: 3, dilation: 2, low: 4, high: 2));
        yield return Plane(2, 2, 3, Axis(20, 3, stride: 2, dilation: 2), Axis(21, 2, stride: 4, dilation: 2));
        yield return Plane(2, 2, 2, Axis(5, 2, low: 4, high: 3), Axis(6, 2, low: 7, high: 9));
        yield return Plane(2, 2, 2, Axis(5, 2, stride: 2, low: 4, high: 3), Axis(6, 2, stride: 3, low: 7, high: 9));
        yield return Plane(3, 6, 6, Axis(19, 3, low: 1, high: 1), Axis(23, 3, low: 1, high: 1), groups: 6);
        yield return Plane(3, 6, 12, Axis(19, 3), Axis(23, 3), groups: 3);
        yield return Plane(2, 12, 7, Axis(18, 1), Axis(18, 1));
        yield return Plane(2, 3, 4, Axis(1, 1), Axis(50, 5, low: 2, high: 2));
        yield return Plane(2, 3, 4, Axis(1, 1), Axis(51, 5, stride: 2, low: 2, high: 2));
        yield return Plane(0, 3, 4, Axis(5, 3), Axis(5, 3));
        yield return Plane(2, 3, 4, Axis(2, 3), Axis(5, 3));
        yield return Plane(2, 0, 4, Axis(5, 3), Axis(5, 3));
        yield return Plane(1, 2, 3, new(10, 3, 4), new(20, 3, 17));
        yield return Plane(2, 2, 3, new(10, 3, 4, 2), new(40, 3, 17, 1, 1, 1));
        yield return new(2, 3, 4, 1, Axis(5, 2), Axis(6, 3, low: 1, high: 1), Axis(20, 3), false);
        yield return new(2, 4, 4, 2, Axis(7, 3, stride: 2, low: 1), Axis(6, 3, stride: 3, low: 1, high: 1), Axis(19, 3, stride: 2, dilation: 2), false);
        // Channels along the vectors: full ones and partly filled, rows shorter than a group, strides, dilation, depth.
        yield return Plane(2, 4, 32, Axis(17, 4), Axis(17, 4));
        yield return Plane(2, 32, 4, Axis(17, 4), Axis(17, 4));
        yield return Plane(2, 16, 1, Axis(9, 3, low: 1, high: 1), Axis(9, 3, low: 1, high: 1));
        yield return Plane(3, 1, 16, Axis(9, 3, low: 1, high: 1), Axis(9, 3, low: 1, high: 1));
        yield return Plane(2, 3, 61, Axis(7, 2), Axis(4, 3));
        yield return Plane(2, 8, 48, Axis(13, 3, stride: 2, low: 1, high: 1), Axis(14, 3, stride: 2, low: 1, high: 1));
        yield return Plane(2, 3, 24, Axis(13, 3, stride: 3), Axis(14, 3, dilation: 2, low: 1));
        yield return Plane(1, 20, 64, Axis(21, 5, low: 2, high: 2), Axis(23, 5, low: 2, high: 2));
        yield return Plane(17, 64, 32, Axis(4, 2, low: 1, high: 1), Axis(4, 2, low: 1, high: 1));
        yield return Plane(2, 2, 32, Axis(9, 2, low: -1, high: -2), Axis(9, 3, low: -2, high: -1));
        yield return new(2, 4, 16, 1, Axis(5, 2), Axis(6, 3, low: 1, high: 1), Axis(10, 3), false);
        yield return Plane(16, 20, 1, Axis(41, 3), Axis(40, 3, low: 1, high: 1));
        yield return Plane(16, 19, 5, Axis(45, 2), Axis(40, 3, low: 1, high: 1));
        // The batch along the vectors: full blocks and the last one partly filled, rows of taps that meet only padding, strides, dilation, depth.
        yield return Plane(16, 3, 4, Axis(9, 4), Axis(10, 3));
        yield return Plane(30, 5, 9, Axis(8, 3, low: 1, high: 1), Axis(7, 3, low: 1, high: 1));
        yield return Plane(16, 2, 33, Axis(7, 4, low: 3, high: 3), Axis(8, 4, low: 3, high: 3));
        yield return Plane(13, 3, 4, Axis(9, 3, stride: 2, low: 1, high: 1), Axis(17, 4, stride: 3, low: 2, high: 1));
        yield return Plane(16, 2, 3, Axis(20, 3, stride: 2, dilation: 3, low: 1), Axis(21, 3, stride: 3, dilation: 2, low: 4, high: 2));
        yield return Plane(15, 2, 3, Axis(5, 2, low: 4, high: 3), Axis(6, 2, low: 7, high: 9));
        yield return Plane(32, 2, 5, Axis(9, 2, low: -1, high: -2), Axis(9, 3, low: -2, high: -1));
        yield return new(14, 2, 3, 1, Axis(5, 2, low: 1), Axis(6, 3, low: 1, high: 1), Axis(7, 3), false);
        yield return new(2, 32, 3, 1, Axis(5, 2), Axis(6, 3, low: 1, high: 1), Axis(10, 3, dilation: 2), false);
        yield return Plane(33, 10, 20, Axis(8, 3, low: 1, high: 1), Axis(8, 3, low: 1, high: 1));
    }

    public static TheoryData<int, bool> Cases()
    {
        var data = new TheoryData<int, bool>();
        for (int i = 0; i < Geometries().Count(); i++)
        {
            data.Add(i, false);
            data.Add(i, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EachLegEqualsTheNaiveSum(int index, bool flip)
    {
        ConvolutionGeometry g = Geometries().ElementAt(index) with { Flip = flip };
        Check<float>(g, 1e-5);
        Check<double>(g, 1e-12);
    }

    private static void Check<T>(ConvolutionGeometry g, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var x = Native<T>.Random(g.InputSize, 1);
        using var w = Native<T>.Random(g.KernelSize, 2);
        using var dy = Native<T>.Random(g.OutputSize, 3);
        var (y, dx, dw) = Naive(g, x, w, dy);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            Compare<T>(y, tolerance, $"output {width} {typeof(T).Name} {g}", (to, workers) => Convolution.Output(g, x.Pointer, w.Pointer, to.Pointer, workers, width));
            Compare<T>(dx, tolerance, $"input {width} {typeof(T).Name} {g}", (to, workers) => Convolution.Input(g, dy.Pointer, w.Pointer, to.Pointer, workers, width));
            Compare<T>(dw, tolerance, $"kernel {width} {typeof(T).Name} {g}", (to, workers) => Convolution.Kernel(g, x.Pointer, dy.Pointer, to.Pointer, workers, width));
        }
    }

    private static void Compare<T>(double[] expected, double tolerance, string what, Action<Native<T>, Workers> leg)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var result = new Native<T>(expected.Length);
        using var again = new Native<T>(expected.Length);
        leg(result, One);
        leg(again, Two);
        double scale = expected.Length == 0 ? 1 : expected.Max(Math.Abs) + 1;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(double.CreateTruncating(result.Span[i]) - expected[i]);
            if (!(error <= tolerance * scale)) Assert.Fail($"{what}: element {i} is {result.Span[i]}, not {expected[i]}");
        }

        Assert.True(result.Span.SequenceEqual(again.Span), what + ": other bits with two threads");
        Assert.True(result.GuardsHold() && again.GuardsHold(), what + ": wrote out of bounds");
    }

    private static (double[] Y, double[] Dx, double[] Dw) Naive<T>(ConvolutionGeometry g, Native<T> x, Native<T> w, Native<T> dy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] y = new double[g.OutputSize], dx = new double[g.InputSize], dw = new double[g.KernelSize];
        if (g.IsEmpty) return (y, dx, dw);
        var outputs =
            from n in Enumerable.Range(0, g.Batch) from o in Enumerable.Range(0, g.OutChannels)
            from d in Enumerable.Range(0, g.Depth.Output) from h in Enumerable.Range(0, g.Height.Output) from v in Enumerable.Range(0, g.Width.Output)
            select (n, o, d, h, v);
        int at = 0;
        foreach (var (n, o, d, h, v) in outputs)
        {
            for (int i = 0; i < g.InGroup; i++)
            for (int r = 0; r < g.Depth.Kernel; r++)
            for (int s = 0; s < g.Height.Kernel; s++)
            for (int t = 0; t < g.Width.Kernel; t++)
            {
                int p = Source(g.Depth, d, r), q = Source(g.Height, h, s), u = Source(g.Width, v, t);
                if (p < 0 || q < 0 || u < 0) continue;
                int channel = o / g.OutGroup * g.InGroup + i;
                int xAt = (((n * g.InChannels + channel) * g.Depth.Input + p) * g.Height.Input + q) * g.Width.Input + u;
                int a = g.Flip ? g.Depth.Kernel - 1 - r : r, b = g.Flip ? g.Height.Kernel - 1 - s : s, c = g.Flip ? g.Width.Kernel - 1 - t : t;
                int wAt = (((o * g.InGroup + i) * g.Depth.Kernel + a) * g.Height.Kernel + b) * g.Width.Kernel + c;
                double xValue = double.CreateTruncating(x.Span[xAt]), wValue = double.CreateTruncating(w.Span[wAt]), dyValue = double.CreateTruncating(dy.Span[at]);
                y[at] += xValue * wValue;
                dx[xAt] += dyValue * wValue;
                dw[wAt] += dyValue * xValue;
            }

            at++;
        }

        return (y, dx, dw);
    }

    private static int Source(ConvolutionAxis axis, int output, int tap)
    {
        int source = output * axis.Stride + tap * axis.Dilation - axis.Padding;
        return source < axis.Input ? source : -1;
    }

    [Fact]
    public void ACallAllocatesNothing()
    {
        ConvolutionGeometry g = Plane(4, 3, 5, Axis(20, 3, low: 1, high: 1), Axis(20, 3, stride: 2));
        using var x = Native<float>.Random(g.InputSize, 1);
        using var w = Native<float>.Random(g.KernelSize, 2);
        using var y = Native<float>.Random(g.OutputSize, 3);
        long before = 0;
        for (int round = 0; round < 20; round++)
        {
            if (round == 10) before = GC.GetAllocatedBytesForCurrentThread();
            Convolution.Output(g, x.Pointer, w.Pointer, y.Pointer, Two);
            Convolution.Input(g, y.Pointer, w.Pointer, x.Pointer, Two);
            Convolution.Kernel(g, x.Pointer, y.Pointer, w.Pointer, Two);
            MatMul.Run(MatMulGeometry.Of(1, 3, 5, 4), x.Pointer, w.Pointer, y.Pointer, Two);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
