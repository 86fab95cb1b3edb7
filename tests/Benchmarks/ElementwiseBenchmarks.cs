using AutoDiffAE.Graph;
using BenchmarkDotNet.Attributes;

namespace AutoDiffAE.Benchmarks;

/// <summary>Ten million numbers, one by one; the copy is what memory allows.</summary>
public class ElementwiseBenchmarks
{
    private const int N = 10_000_000;

    private Kernel _copy = null!, _exp = null!, _tanh = null!, _fused = null!;

    [GlobalSetup]
    public void Compile()
    {
        var (a, b, c, d) = (Kernel.Of("a", N), Kernel.Of("b", N), Kernel.Of("c", N), Kernel.Of("d", N));
        (_copy, _exp, _tanh) = (new([a], a), new([a], a.Exp()), new([a], a.Tanh()));
        _fused = new([a, b, c, d], (a * b + c).Tanh() * d);
    }

    [Benchmark(Baseline = true)]
    public void Copy() => _copy.Run();

    [Benchmark]
    public void Exp() => _exp.Run();

    [Benchmark]
    public void Tanh() => _tanh.Run();

    [Benchmark]
    public void FusedTanhOfMultiplyAdd() => _fused.Run();
}
