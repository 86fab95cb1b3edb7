using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;
using Xunit.Abstractions;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>
/// Each class of kernels against one written in OpenCL C as one would at first, bounds checked, in turn on the same device. It measures speed, so it runs only where the
/// environment variable AUTODIFFAE_DEVICE_SPEED asks for it.
/// </summary>
public sealed class DeviceSpeedTest(ITestOutputHelper log)
{
    private sealed class SpeedTheoryAttribute : TheoryAttribute
    {
        public SpeedTheoryAttribute() => Skip = (Accelerators.Missing("OpenCL") ?? (Environment.GetEnvironmentVariable("AUTODIFFAE_DEVICE_SPEED") is null ? "it measures speed: set AUTODIFFAE_DEVICE_SPEED to run it" : null))!;
    }

    private const string Product = """
        __kernel void run(__global const float* a, __global const float* b, __global float* c, int m, int n, int k) {
            int j = get_global_id(0), i = get_global_id(1);
            if (i >= m || j >= n) return;
            float s = 0;
            for (int t = 0; t < k; t++) s += a[i * k + t] * b[t * n + j];
            c[i * n + j] = s;
        }
        """;

    private const string Convolution = """
        __kernel void run(__global const float* x, __global const float* w, __global float* y, int channels, int filters, int side, int taps) {
            int out = side - taps + 1, p = get_global_id(0), f = get_global_id(1), n = get_global_id(2);
            if (p >= out * out || f >= filters) return;
            int row = p / out, column = p % out;
            float s = 0;
            for (int c = 0; c < channels; c++)
                for (int i = 0; i < taps; i++)
                    for (int j = 0; j < taps; j++)
                        s += x[((n * channels + c) * side + row + i) * side + column + j] * w[((f * channels + c) * taps + i) * taps + j];
            y[((n * filters + f) * out + row) * out + column] = s;
        }
        """;

    private const string Reduction = """
        __kernel void run(__global const float* x, __global float* y, int rows, int n) {
            int i = get_global_id(0);
            if (i >= rows) return;
            float s = 0;
            for (int j = 0; j < n; j++) s += x[i * n + j];
            y[i] = s;
        }
        """;

    private const string Fused = """
        __kernel void run(__global const float* a, __global const float* b, __global const float* c, __global const float* d, __global float* y, int n) {
            int i = get_global_id(0);
            if (i >= n) return;
            y[i] = tanh(a[i] * b[i] + c[i]) * d[i];
        }
        """;

    [SpeedTheory]
    [InlineData("product")]
    [InlineData("convolution")]
    [InlineData("reduction")]
    [InlineData("fused")]
    public void A_kernel_is_at_least_as_fast_as_a_straightforward_one(string kind)
    {
        var (a, b, c, d) = (Expr.Variable("a", 1 << 22), Expr.Variable("b", 1 << 22), Expr.Variable("c", 1 << 22), Expr.Variable("d", 1 << 22));
        var (m, k) = (Expr.Variable("m", 384, 512), Expr.Variable("k", 512, 384));
        var (x, w, rows) = (Expr.Variable("x", 16, 16, 34, 34), Expr.Variable("w", 32, 16, 3, 3), Expr.Variable("rows", 4096, 1024));
        var (computation, source, lengths, numbers, global) = kind switch
        {
            "product" => (new Computation([m, k], [m.MatMul(k)]), Product, new[] { 384 * 512, 512 * 384, 384 * 384 }, new[] { 384, 384, 512 }, new nuint[] { 384, 384 }),
            "convolution" => (new Computation([x, w], [x.Convolve(w)]), Convolution, [16 * 16 * 34 * 34, 32 * 16 * 9, 16 * 32 * 32 * 32], [16, 32, 34, 3], [32 * 32, 32, 16]),
            "reduction" => (new Computation([rows], [rows.Sum([1])]), Reduction, [4096 * 1024, 4096], [4096, 1024], [4096]),
            _ => (new Computation([a, b, c, d], [(a * b + c).Tanh() * d]), Fused, [1 << 22, 1 << 22, 1 << 22, 1 << 22, 1 << 22], [1 << 22], [1 << 22]),
        };
        var function = Compiler.Compile<float>(computation, backend: Accelerators.All["OpenCL"]);
        Buffer<float>[] inputs = [.. computation.Inputs.Select(v => new Buffer<float>([.. v.Shape.Select(n => (int)n.Value!)]))];
        foreach (var buffer in inputs)
            for (var i = 0; i < buffer.Length; i++) buffer.Span[i] = i % 17 * 0.01f;
        Buffer<float>[] outputs = [.. computation.Outputs.Select(v => new Buffer<float>([.. v.Shape.Select(n => (int)n.Value!)]))];
        var byHand = new OpenClC();
        var ratios = Enumerable.Range(0, 9).Select(_ =>
        {
            var ours = function.Profile(inputs, outputs, 15).Rows.Sum(r => r.Seconds);
            return byHand.Seconds(source, "run", lengths, numbers, global) / ours;
        }).Order().ToList();
        log.WriteLine($"{kind}: {ratios[4]:0.00} times as fast ({string.Join(", ", ratios.Select(r => $"{r:0.00}"))})");
        Assert.True(ratios[4] >= 1, $"{kind} is {ratios[4]:0.00} times as fast");
    }
}
