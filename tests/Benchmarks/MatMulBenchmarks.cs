using AutoDiffAE.Graph;
using BenchmarkDotNet.Attributes;

namespace AutoDiffAE.Benchmarks;

/// <summary>Products (m, k) (k, n): square ones, and those of the standard network's dense layers.</summary>
public class MatMulBenchmarks
{
    private Kernel _kernel = null!;

    [Params("256x256x256", "1024x1024x1024", "128x3872x40", "128x40x9248")]
    public string MKN { get; set; } = "";

    [GlobalSetup]
    public void Compile()
    {
        if (MKN.Split('x').Select(int.Parse).ToArray() is not [var m, var k, var n]) throw new InvalidOperationException($"{MKN} is no m x k x n");
        var (a, b) = (Kernel.Of("a", m, k), Kernel.Of("b", k, n));
        _kernel = new([a, b], a.MatMul(b));
    }

    [Benchmark]
    public void MatMul() => _kernel.Run();
}
