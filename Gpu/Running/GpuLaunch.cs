using ILGPU;
using ILGPU.Runtime;

namespace AutoDiffAE.Gpu;

/// <summary>A kernel's start whose memory is known.</summary>
internal interface IGpuLaunch<T> where T : unmanaged
{
    void Run(ArrayView<T>[] memory);
}

/// <summary>A start of a kernel over memory of the type <typeparamref name="M"/>.</summary>
internal sealed class GpuLaunch<T, M> : IGpuLaunch<T>
    where T : unmanaged
    where M : struct, IViews<T, M>
{
    private readonly GpuDevice _device;
    private readonly Action<AcceleratorStream, Index1D, M, ArrayView<int>, int, int>? _start;
    private readonly Action<AcceleratorStream, KernelConfig, M, ArrayView<int>>? _tiled;
    private readonly KernelConfig _groups;
    private readonly int[] _slots;
    private readonly ArrayView<int> _numbers;
    private readonly int _elements, _threads;

    public GpuLaunch(GpuDevice device, Launch launch, ArrayView<int> numbers)
    {
        (_device, _numbers, _elements) = (device, numbers, launch.Elements);
        if (device.Shares && launch.Kernel.Tiled is not null)
            (_tiled, _groups) = (device.LoadTiled<M>(launch.Kernel), new(launch.Groups, TiledProduct<SingleScalar, float, OffsetTable>.Threads * TiledProduct<SingleScalar, float, OffsetTable>.Threads));
        else _start = device.Load<M>(launch.Kernel);
        _slots = [.. launch.Memory];
        _threads = device.Simulates ? Math.Min(_elements, device.Threads) : _elements;
    }

    public void Run(ArrayView<T>[] memory)
    {
        if (_elements == 0) return;
        if (_tiled is not null) _tiled(_device.Stream, _groups, Views.Of<T, M>(memory, _slots), _numbers);
        else _start!(_device.Stream, _threads, Views.Of<T, M>(memory, _slots), _numbers, _elements, _threads);
    }
}
