using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>With a product's epilogue or with a pass of its own, a body has the same values; with an epilogue the same bits for any number of threads.</summary>
public sealed class EpilogueTest
{
    public static TheoryData<int, int, int> Sizes() => new()
    {
        { 1, 5, 40 }, { 7, 3, 33 }, { 8, 16, 48 }, { 13, 31, 63 }, { 40, 128, 145 }, { 70, 520, 301 }, { 33, 2100, 40 }, { 200, 20, 129 }, { 5, 700, 17 }, { 9, 1, 1 }, { 64, 300, 700 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Has_the_values_of_a_separate_pass(int m, int k, int n)
    {
        foreach (bool transposeA in new[] { false, true })
        foreach (bool transposeB in new[] { false, true })
        {
            Check<float>(m, k, n, transposeA, transposeB, 2e-4);
            Check<double>(m, k, n, transposeA, transposeB, 1e-11);
        }
    }

    /// <summary>Batches that fill vectors and such that do not, images and outputs too large for it, single filters.</summary>
    public static TheoryData<int, int, int, int, int, int> Convolutions() => new()
    {
        // batch, channels, side, filters, kernel, padding
        { 16, 3, 9, 4, 3, 1 }, { 30, 5, 7, 9, 2, 0 }, { 3, 2, 8, 5, 3, 1 }, { 2, 4, 12, 32, 3, 1 }, { 16, 1, 6, 1, 4, 3 }, { 16, 2, 1, 3, 1, 0 }, { 13, 4, 10, 17, 4, 0 },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Has_the_values_of_a_pass_after_a_convolution(int batch, int channels, int side, int filters, int kernel, int padding)
    {
        CheckConvolution<float>(batch, channels, side, filters, kernel, padding, 2e-4);
        CheckConvolution<double>(batch, channels, side, filters, kernel, padding, 1e-11);
    }

    private static void CheckConvolution<T>(int batch, int channels, int side, int filters, int kernel, int padding, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        WindowAxis[] windows = [new(1, 1, padding, padding), new(1, 1, padding, padding)];
        Expr x = Expr.Variable("x", batch, channels, side, side), w = Expr.Variable("w", filters, channels, kernel, kernel);
        var y = x.Convolve(w, windows);
        Expr bias = Expr.Variable("bias", filters, 1, 1), scale = Expr.Variable("scale", batch, 1, 1, 1), dy = Expr.Variable("dy", y.Shape), mask = Expr.Variable("mask", batch, channels * side * side);
        var dx = Gradient.Of(y, [x], dy)[0].Reshape(batch, channels * side * side);
        var hidden = y + bias;
        Expr[] inputs = [x, w, bias, scale, dy, mask];
        // One convolution has two results, one is seen in another shape, and its sum is a step of its own.
        var masked = Expr.Select(Expr.Greater(mask, 0), dx, 0);
        Expr[] roots = [hidden * scale, hidden.Relu(), masked, masked.Sum([0])];
        var plan = Planner.Plan([.. inputs], [], Rewriter.Rewrite([.. roots]).Roots);
        Assert.Equal(2, plan.Steps.Count(s => s.Routine is Routine.Convolution { Epilogue: not null }));
        Compare<T>(inputs, roots, tolerance, $"{batch} {channels} {side} {filters} {kernel} {padding}");
    }

    private static void Check<T>(int m, int k, int n, bool transposeA, bool transposeB, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (a, b) = (transposeA ? Expr.Variable("a", k, m) : Expr.Variable("a", m, k), transposeB ? Expr.Variable("b", n, k) : Expr.Variable("b", k, n));
        var (bias, scale, whole) = (Expr.Variable("bias", n), Expr.Variable("scale", m, 1), Expr.Variable("whole", m, n));
        var product = (transposeA ? a.Permute(1, 0) : a).MatMul(transposeB ? b.Permute(1, 0) : b);
        var hidden = product + bias;
        Expr[] inputs = [a, b, bias, scale, whole];
        Expr[] roots = [hidden * scale, hidden - whole * 0.5];
        Compare<T>(inputs, roots, tolerance, $"{m} {k} {n}");
    }

    private static void Compare<T>(Expr[] inputs, Expr[] roots, double tolerance, string what) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            var one = Run<T>(inputs, roots, true, 1, width);
            var two = Run<T>(inputs, roots, true, 2, width);
            var apart = Run<T>(inputs, roots, false, 1, width);
            for (var r = 0; r < roots.Length; r++)
            {
                Assert.True(one[r].AsSpan().SequenceEqual(two[r]), $"{what} {width}: other bits with two threads");
                for (var i = 0; i < one[r].Length; i++)
                {
                    var (x, y) = (double.CreateTruncating(one[r][i]), double.CreateTruncating(apart[r][i]));
                    if (!(Math.Abs(x - y) <= tolerance * (1 + Math.Abs(y)))) Assert.Fail($"{typeof(T).Name} {what} {width}: result {r} at {i} is {x}, not {y}");
                }
            }
        }
    }

    private static unsafe T[][] Run<T>(Expr[] inputs, Expr[] roots, bool epilogues, int threads, LaneWidth width) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = Planner.Plan([.. inputs], [], Rewriter.Rewrite([.. roots]).Roots, CompileOptions.Default with { Fuse = epilogues });
        Buffer<T>[] buffers = [.. plan.External.Select((slot, i) => new Buffer<T>(plan.Slots[slot].Shape.Evaluate(new Dictionary<string, long>())))];
        for (var i = 0; i < inputs.Length; i++)
        {
            var random = new Random(i);
            foreach (ref var x in buffers[i].Span) x = T.CreateTruncating(random.NextDouble() - 0.5);
        }
        using var workers = new Workers(threads);
        new CpuBinding<T>(plan, new Dictionary<string, long>(), workers, width.Resolve()).Run([.. buffers]);
        T[][] results = [.. buffers.Skip(inputs.Length).Select(b => b.Span.ToArray())];
        foreach (var buffer in buffers) buffer.Dispose();
        return results;
    }
}
