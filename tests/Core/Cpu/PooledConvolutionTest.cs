using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>Convolution, bias and maximum in one step, and the gradients that only know the maxima's places: against the interpreter, at every width.</summary>
public sealed class PooledConvolutionTest
{
    private static readonly LaneWidth[] Widths = [LaneWidth.Bits128, LaneWidth.Bits256, LaneWidth.Bits512];

    public static TheoryData<int, int, int, int, int, int, int, bool> Cases => new()
    {
        // batch, channels, filters, kernel, size, padding, height of a window, flipped
        { 3, 1, 32, 7, 28, 0, 2, true },
        { 2, 3, 16, 3, 10, 1, 2, false },
        { 1, 2, 40, 5, 12, 2, 2, false },
        { 2, 1, 17, 2, 5, 0, 2, false },
        { 5, 4, 24, 4, 13, 0, 2, true },
        { 2, 1, 16, 9, 38, 0, 2, false },
        { 16, 1, 32, 7, 28, 0, 2, true },
        { 30, 3, 17, 3, 9, 1, 2, false },
        { 2, 2, 19, 3, 14, 0, 3, true },
        { 17, 1, 16, 5, 19, 0, 5, false },
        { 1, 14, 16, 3, 20, 0, 2, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_the_graph(int batch, int channels, int filters, int kernel, int size, int padding, int high, bool flip)
    {
        var x = Expr.Variable("x", "n", channels, size, size);
        Expr w = Expr.Variable("w", filters, channels, kernel, kernel), b = Expr.Variable("b", filters);
        WindowAxis[] windows = [new(1, 1, padding, padding), new(1, 1, padding, padding)];
        var y = (x.Convolve(w, windows, flip: flip) + b.Reshape(filters, 1, 1)).MaxPool(high, 2);
        var dy = Expr.Variable("dy", y.Shape);
        var gradients = Gradient.Of(y, [x, w, b], dy);
        var side = size + 2 * padding - kernel + 1;
        ImmutableArray<Expr> inputs = [x, w, b, dy];
        Tensor<double>[] values = [Noise(1, batch, channels, size, size), Noise(2, filters, channels, kernel, kernel), Noise(3, filters), Noise(4, batch, filters, side / high, side / 2)];
        // The interpreter is slow: it is asked once for all that is compiled in several companies.
        ImmutableArray<Expr> all = [y, .. gradients];
        var meanings = Oracle.Evaluate(all, [.. inputs.Zip(values)]);
        foreach (var outputs in (ImmutableArray<Expr>[])[[y, gradients[1], gradients[2]], all, [y], [gradients[1]]])
        {
            ImmutableArray<Tensor<double>> expected = [.. outputs.Select(o => meanings[all.IndexOf(o)])];
            foreach (var width in Widths)
            foreach (var threads in (int[])[1, 2])
            {
                Agree(expected, Compiler.Compile<double>(new(inputs, outputs), null, new CpuBackend(threads, width)).Invoke(values), 1e-12, $"double {width}");
                var single = Compiler.Compile<float>(new(inputs, outputs), null, new CpuBackend(threads, width)).Invoke([.. values.Select(v => v.Cast<float>())]);
                Agree(expected, [.. single.Select(s => s.Cast<double>())], 1e-5, $"float {width}");
            }
        }
    }

    [Fact]
    public void The_first_of_equal_maxima_has_the_cotangent_and_a_number_that_is_none_is_the_largest()
    {
        var x = Expr.Variable("x", 1, 1, 4, 6);
        var y = x.MaxPool(2, 2);
        var dy = Expr.Variable("dy", y.Shape);
        double[] values = [1, 1, 2, 3, double.NaN, 5, 1, 1, 3, 3, double.NaN, 5, -1, -2, 0, -0.0, 7, double.PositiveInfinity, -3, -4, 0, 0, double.PositiveInfinity, 2];
        var function = Compiler.Compile<double>(new([x, dy], [y, Gradient.Of(y, [x], dy)[0]]));
        Assert.Contains(function.Plan.Steps, s => s.Routine is Routine.MaximumPlace);
        var results = function.Invoke(Tensor<double>.Of(values, 1, 1, 4, 6), Tensor<double>.Of([10.0, 20, 30, 40, 50, 60], 1, 1, 2, 3));
        Assert.Equal([1, 3, double.NaN, -1, 0, double.PositiveInfinity], results[0].Span.ToArray());
        Assert.Equal([10, 0, 0, 20, 30, 0, 0, 0, 0, 0, 0, 0, 40, 0, 50, 0, 0, 60, 0, 0, 0, 0, 0, 0], results[1].Span.ToArray());
    }

    [Theory]
    [InlineData(2, 3, 4, 6, 2)]
    [InlineData(1, 1, 6, 66, 3)]
    [InlineData(3, 2, 22, 22, 2)]
    [InlineData(1, 1, 2, 4, 2)]
    [InlineData(2, 1, 10, 8, 5)]
    public void A_gradient_alone_finds_the_maxima_and_puts_the_cotangent_there_in_one_step(int batch, int channels, int height, int width, int high)
    {
        var x = Expr.Variable("x", batch, channels, height, width);
        var y = x.MaxPool(high, 2);
        var dy = Expr.Variable("dy", y.Shape);
        ImmutableArray<Expr> gradient = [Gradient.Of(y, [x], dy)[0]];
        Tensor<double>[] values = [Tensor<double>.Of([.. Noise(1, batch, channels, height, width).Span.ToArray().Select(v => Math.Round(v * 3))], batch, channels, height, width), Noise(2, batch, channels, height / high, width / 2)];
        var expected = Oracle.Evaluate(gradient, [.. ((ImmutableArray<Expr>)[x, dy]).Zip(values)]);
        foreach (var lanes in Widths)
        {
            var function = Compiler.Compile<double>(new([x, dy], gradient), null, new CpuBackend(2, lanes));
            Assert.Equal(["AtMaximum"], function.Plan.Steps.Select(s => s.Routine.GetType().Name));
            Agree(expected, function.Invoke(values), 0, $"double {lanes}");
        }
    }

    [Fact]
    public void A_kernel_whose_output_only_a_pool_reads_is_pooled_at_once()
    {
        Expr x = Expr.Variable("x", "n", 1, 12, 12), w = Expr.Variable("w", 16, 1, 3, 3), b = Expr.Variable("b", 16, 1, 1);
        var conv = x.Convolve(w) + b;
        var y = conv.MaxPool(2, 2);
        ImmutableArray<Expr> joint = [y.Square().Sum(), .. Gradient.Of(y.Square().Sum(), [w, b])];
        Assert.Equal(["PooledConvolution", "KernelAtPlace"], Routines([x, w, b], joint).Where(r => r is "PooledConvolution" or "KernelAtPlace" or "Convolution" or "MaximumIndicator"));
        // Somebody else reads it, or ties share, or it is asked for.
        Assert.DoesNotContain("PooledConvolution", Routines([x, w, b], [y, conv.Sum()]));
        Assert.DoesNotContain("PooledConvolution", Routines([x, w, b], [y, conv]));
        var shared = conv.Reshape("n", 16, 5, 2, 5, 2).Max([3, 5]);
        Assert.DoesNotContain("PooledConvolution", Routines([x, w, b], [shared, .. Gradient.Of(shared.Sum(), [w])]));
        // Of fewer filters than vectors have places it is not made.
        var few = Expr.Variable("few", 8, 1, 3, 3);
        Assert.DoesNotContain("PooledConvolution", Routines([x, few], [x.Convolve(few).MaxPool(2, 2)]));
        Assert.DoesNotContain("PooledConvolution", Compiler.Compile<double>(new([x, w, b], joint), null, null, CompileOptions.Default with { Specialize = false }).Plan.Steps.Select(s => s.Routine.GetType().Name));
    }

    private static IEnumerable<string> Routines(ImmutableArray<Expr> inputs, ImmutableArray<Expr> outputs) =>
        Compiler.Compile<double>(new(inputs, outputs)).Plan.Steps.Select(s => s.Routine.GetType().Name);

    private static Tensor<double> Noise(ulong key, params int[] sizes) =>
        Tensor<double>.Build(sizes, values => Philox.Normal(new Key(key), values));

    private static void Agree(ImmutableArray<Tensor<double>> expected, ImmutableArray<Tensor<double>> found, double tolerance, string what)
    {
        foreach (var (e, f) in expected.Zip(found))
        {
            Assert.Equal(e.Shape, f.Shape);
            var scale = 1 + e.Span.ToArray().Max(Math.Abs);
            for (var i = 0; i < e.Length; i++)
                Assert.True(Math.Abs(e.Span[i] - f.Span[i]) <= tolerance * scale, $"{what}: element {i} is {f.Span[i]}, not {e.Span[i]}");
        }
    }
}
