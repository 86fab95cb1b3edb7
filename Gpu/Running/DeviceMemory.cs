using ILGPU;
using ILGPU.Runtime;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Gpu;

/// <summary>A device's memory for the values of a buffer.</summary>
internal sealed class DeviceMemory<T>(GpuDevice device, int length) : IMirror<T> where T : unmanaged
{
    private readonly MemoryBuffer1D<T, Stride1D.Dense> _memory = device.Allocate<T>(length);

    public GpuDevice Device => device;

    public ArrayView<T> View => _memory.View.BaseView;

    public void Download(Span<T> host)
    {
        lock (device.Gate) device.Download(View, host);
    }

    public void Dispose()
    {
        lock (device.Gate) _memory.Dispose();
    }
}
