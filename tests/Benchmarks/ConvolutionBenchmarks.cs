using AutoDiffAE.Graph;
using BenchmarkDotNet.Attributes;

namespace AutoDiffAE.Benchmarks;

/// <summary>The three legs of a convolution's trilinear form: the output, the gradient of the input and the gradient of the kernel.</summary>
public class ConvolutionBenchmarks
{
    private Kernel _output = null!, _input = null!, _kernel = null!;

    [Params("32@7x7 on 128x1x28x28", "1@7x7 on 128x32x34x34", "64@3x3 pad 1 on 32x64x56x56")]
    public string Form { get; set; } = "";

    [GlobalSetup]
    public void Compile()
    {
        var (x, w, padding) = Form switch
        {
            "32@7x7 on 128x1x28x28" => (Kernel.Of("x", 128, 1, 28, 28), Kernel.Of("w", 32, 1, 7, 7), 0),
            "1@7x7 on 128x32x34x34" => (Kernel.Of("x", 128, 32, 34, 34), Kernel.Of("w", 1, 32, 7, 7), 0),
            _ => (Kernel.Of("x", 32, 64, 56, 56), Kernel.Of("w", 64, 64, 3, 3), 1),
        };
        var window = new WindowAxis(Low: padding, High: padding);
        var y = x.Convolve(w, [window, window]);
        var dy = Expr.Variable("dy", y.Shape);
        var gradients = Gradient.Of(y, [x, w], dy);
        (_output, _input, _kernel) = (new([x, w], y), new([w, dy], gradients[0]), new([x, dy], gradients[1]));
    }

    [Benchmark]
    public void Output() => _output.Run();

    [Benchmark]
    public void Input() => _input.Run();

    [Benchmark]
    public void KernelGradient() => _kernel.Run();
}
