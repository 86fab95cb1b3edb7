using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>Plans run by vector kernels on the processor's cores. The results have the same bits for any number of threads.</summary>
public sealed class CpuBackend : IBackend
{
    private static readonly Lazy<CpuBackend> Default = new(() => new CpuBackend(Workers.Shared));

    private readonly Workers _workers;

    private CpuBackend(Workers workers) => _workers = workers;

    /// <param name="threads">Cores to use, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
    public CpuBackend(int threads) : this(new Workers(threads)) { }

    /// <summary>All cores.</summary>
    public static CpuBackend Shared => Default.Value;

    public int Threads => _workers.Threads;

    public string Name => "cpu";

    public IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Executable<T>(plan, _workers);

    private sealed class Executable<T>(Plan plan, Workers workers) : IExecutable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public IBinding<T> Bind(IReadOnlyDictionary<string, long> sizes) => new CpuBinding<T>(plan, sizes, workers);
    }
}
