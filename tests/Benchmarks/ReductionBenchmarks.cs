using AutoDiffAE.Graph;
using BenchmarkDotNet.Attributes;

namespace AutoDiffAE.Benchmarks;

/// <summary>Sums, maxima and softmax of ten million numbers.</summary>
public class ReductionBenchmarks
{
    private Kernel _all = null!, _rows = null!, _columns = null!, _maxima = null!, _softmax = null!;

    [GlobalSetup]
    public void Compile()
    {
        var (x, wide, tall) = (Kernel.Of("x", 10_000_000), Kernel.Of("x", 1000, 10_000), Kernel.Of("x", 10_000, 1000));
        (_all, _columns, _rows, _maxima) = (new([x], x.Sum()), new([wide], wide.Sum([0])), new([wide], wide.Sum([1])), new([wide], wide.Max([1])));
        _softmax = new([tall], tall.Softmax(1));
    }

    [Benchmark]
    public void SumOfAll() => _all.Run();

    [Benchmark]
    public void SumOverAxis0() => _columns.Run();

    [Benchmark]
    public void SumOverAxis1() => _rows.Run();

    [Benchmark]
    public void MaximumOverAxis1() => _maxima.Run();

    [Benchmark]
    public void Softmax() => _softmax.Run();
}
