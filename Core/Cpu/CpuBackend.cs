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
    private readonly Poison? _poison;

    private CpuBackend(Workers workers, LaneWidth width = LaneWidth.Widest, Poison? poison = null) =>
        (_workers, _width, _poison) = (workers, width.Resolve(), poison);

    /// <summary>At a width of vectors that the processor need not have: the runtime then makes them of narrower ones.</summary>
    internal CpuBackend(int threads, LaneWidth width, Poison? poison = null) : this(new Workers(threads), width, poison) { }

    /// <param name="threads">Cores to use, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
    public CpuBackend(int threads) : this(new Workers(threads)) { }

    /// <summary>All cores.</summary>
    public static CpuBackend Shared => Default.Value;

    public int Threads => _workers.Threads;

    public string Name => "cpu";

    public IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Executable<T>(plan, _workers, _width, _poison);

    private sealed class Executable<T>(Plan plan, Workers workers, LaneWidth width, Poison? poison) : IExecutable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public IBinding<T> Bind(IReadOnlyDictionary<string, long> sizes) => new CpuBinding<T>(plan, sizes, workers, width, poison);

        public MachineLimits Limits => MeasuredLimits.Of<T>(workers, width);
    }
}
