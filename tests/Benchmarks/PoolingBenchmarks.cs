using AutoDiffAE.Graph;
using BenchmarkDotNet.Attributes;

namespace AutoDiffAE.Benchmarks;

/// <summary>Pooling that tiles (2 by 2 on 128x32x22x22) and pooling that overlaps (3 by 3, stride 2, padding 1 on 32x16x56x56).</summary>
public class PoolingBenchmarks
{
    private Kernel _tiling = null!, _tilingBackward = null!, _overlapping = null!, _overlappingBackward = null!, _average = null!;

    [GlobalSetup]
    public void Compile()
    {
        var (tiled, overlapped) = (Kernel.Of("x", 128, 32, 22, 22), Kernel.Of("x", 32, 16, 56, 56));
        PoolWindow[] windows = [new(3, 2, 1), new(3, 2, 1)];
        (_tiling, _tilingBackward) = Both(tiled, tiled.MaxPool(2, 2));
        (_overlapping, _overlappingBackward) = Both(overlapped, overlapped.MaxPool(windows));
        _average = new([overlapped], overlapped.AveragePool(windows));
    }

    [Benchmark]
    public void MaxTiling() => _tiling.Run();

    [Benchmark]
    public void MaxTilingBackward() => _tilingBackward.Run();

    [Benchmark]
    public void MaxOverlapping() => _overlapping.Run();

    [Benchmark]
    public void MaxOverlappingBackward() => _overlappingBackward.Run();

    [Benchmark]
    public void AverageOverlapping() => _average.Run();

    private static (Kernel Forward, Kernel Backward) Both(Expr x, Expr y)
    {
        var dy = Expr.Variable("dy", y.Shape);
        return (new([x], y), new([x, dy], Gradient.Of(y, [x], dy)[0]));
    }
}
