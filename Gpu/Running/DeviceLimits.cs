using AutoDiffAE.Profiling;
using ILGPU.Runtime.Cuda;

namespace AutoDiffAE.Gpu;

/// <summary>What a device does at best, on paper.</summary>
internal static class DeviceLimits
{
    /// <summary>FLOP a second by a multiply-add for each lane and cycle; bytes a second as CUDA states its memory. What is not known is infinite, so that nothing is compared with it.</summary>
    public static MachineLimits Of(GpuDevice device) => device.Accelerator is CudaAccelerator cuda
        ? new(cuda.NumMultiprocessors, 2.0 * 128 * cuda.NumMultiprocessors * cuda.ClockRate * 1000, 2.0 * cuda.MemoryBusWidth / 8 * cuda.MemoryClockRate * 1000)
        : new(device.Accelerator.NumMultiprocessors, double.PositiveInfinity, double.PositiveInfinity);
}
