using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Profiling;

namespace AutoDiffAE.Gpu;

/// <summary>Plans run by kernels on a device of ILGPU's.</summary>
internal sealed class GpuBackend(GpuDevice device) : IBackend
{
    public string Name => device.Name;

    public int StepsBetweenReads => 16;

    /// <summary>A quarter: the rest is for parameters and intermediate values, and drivers seldom give more than that in one piece.</summary>
    public long BytesForExamples => device.MemoryBytes / 4;

    public GpuDevice Device => device;

    public IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Executable<T>(plan, device);

    private sealed class Executable<T>(Plan plan, GpuDevice device) : IExecutable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public IBinding<T> Bind(IReadOnlyDictionary<string, long> sizes)
        {
            lock (device.Gate) return new GpuBinding<T>(plan, sizes, device);
        }

        public MachineLimits Limits => DeviceLimits.Of(device);
    }
}
