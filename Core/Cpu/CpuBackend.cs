using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Profiling;

namespace AutoDiffAE.Cpu;

/// <summary>Plans run by vector kernels on the processor's cores. The results have the same bits for any number of threads.</summary>
public sealed class CpuBackend : IBackend
{
    private static readonly Lazy<CpuBackend> Default = new(() => new CpuBackend(Workers.Shared));

    private readonly Workers _workers;
    private readonly LaneWidth _width;

    private CpuBackend(Workers workers, LaneWidth width = LaneWidth.Widest) => (_workers, _width) = (workers, width.Resolve());

    /// <summary>At a width of vectors that the processor need not have: the runtime then makes them of narrower ones.</summary>
    internal CpuBackend(int threads, LaneWidth width) : this(new Workers(threads), width) { }

    /// <param name="threads">Cores to use, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
    public CpuBackend(int threads) : this(new Workers(threads)) { }

    /// <summary>All cores.</summary>
    public static CpuBackend Shared => Default.Value;

    public int Threads => _workers.Threads;

    public string Name => "cpu";

    public IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Executable<T>(plan, _workers, _width);

    private sealed class Executable<T>(Plan plan, Workers workers, LaneWidth width) : IExecutable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public IBinding<T> Bind(IReadOnlyDictionary<string, long> sizes) => new CpuBinding<T>(plan, sizes, workers, width);

        public MachineLimits Limits => MeasuredLimits.Of<T>(workers, width);
    }
}
