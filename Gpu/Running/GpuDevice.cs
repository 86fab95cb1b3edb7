using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace AutoDiffAE.Gpu;

/// <summary>An opened device: its queue, the kernels loaded so far, and counts of what went between it and the host.</summary>
internal sealed class GpuDevice(Accelerator accelerator)
{
    private readonly ConcurrentDictionary<Kernel, Delegate> _loaded = new();

    public Accelerator Accelerator => accelerator;

    public string Name => accelerator.Name;

    public AcceleratorStream Stream => accelerator.DefaultStream;

    /// <summary>Whether threads are simulated one by one, so that each had better do much.</summary>
    public bool Simulates => accelerator.AcceleratorType == AcceleratorType.CPU;

    /// <summary>
    /// Whether groups of threads share memory. On a processor its caches do that, and a barrier costs much; for OpenCL ILGPU's barrier fences only global
    /// memory, which a processor does not mind and a GPU might.
    /// </summary>
    public bool Shares { get; init; } = accelerator is CudaAccelerator;

    /// <summary>Threads that a start has where each does some of the elements.</summary>
    public int Threads => accelerator.MaxNumThreads;

    /// <summary>Kernels of one function use the device without another's between them.</summary>
    public Lock Gate { get; } = new();

    public int Uploads { get; private set; }

    public int Downloads { get; private set; }

    public int Allocations { get; private set; }

    /// <summary>The distinct kernels that were loaded.</summary>
    public int Kernels => _loaded.Count;

    public IEnumerable<string> KernelNames => _loaded.Keys.Select(k => k.Name).Order(StringComparer.Ordinal);

    public long MemoryBytes => accelerator.MemorySize;

    /// <exception cref="OutOfMemoryException">The device has not that much.</exception>
    public MemoryBuffer1D<N, Stride1D.Dense> Allocate<N>(long count) where N : unmanaged
    {
        Allocations++;
        try
        {
            return accelerator.Allocate1D<N>(Math.Max(1, count));
        }
        catch (Exception e) when (e is AcceleratorException or OutOfMemoryException)
        {
            throw new OutOfMemoryException($"{Name} could not allocate {count * Interop.SizeOf<N>()} bytes; it has {MemoryBytes} in all");
        }
    }

    public unsafe void Upload<N>(ReadOnlySpan<N> host, ArrayView<N> device) where N : unmanaged
    {
        if (host.IsEmpty) return;
        Uploads++;
        fixed (N* pinned = host) device.CopyFromCPU(Stream, ref *pinned, host.Length);
    }

    public unsafe void Download<N>(ArrayView<N> device, Span<N> host) where N : unmanaged
    {
        if (host.IsEmpty) return;
        Downloads++;
        fixed (N* pinned = host) device.CopyToCPU(Stream, ref *pinned, host.Length);
    }

    /// <summary>A kernel that runs in groups, as a delegate that starts it, loaded once.</summary>
    public Action<AcceleratorStream, KernelConfig, M, ArrayView<int>> LoadTiled<M>(Kernel kernel) where M : struct =>
        (Action<AcceleratorStream, KernelConfig, M, ArrayView<int>>)_loaded.GetOrAdd(kernel, k => Loaded(k, () => accelerator.LoadKernel<Action<AcceleratorStream, KernelConfig, M, ArrayView<int>>>(k.Tiled!)));

    /// <summary>A kernel as a delegate that starts it, loaded once.</summary>
    public Action<AcceleratorStream, Index1D, M, ArrayView<int>, int, int> Load<M>(Kernel kernel) where M : struct =>
        (Action<AcceleratorStream, Index1D, M, ArrayView<int>, int, int>)_loaded.GetOrAdd(kernel, k => Loaded(k, () =>
            accelerator.LoadAutoGroupedKernel<Action<AcceleratorStream, Index1D, M, ArrayView<int>, int, int>>(Simulates ? k.Share : k.Each)));

    private Delegate Loaded(Kernel kernel, Func<Delegate> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is InternalCompilerException or NotSupportedException or AcceleratorException)
        {
            // ILGPU's context compiles nothing right after that.
            IlgpuDevices.Renew();
            throw new NotSupportedException($"{Name}: the kernel of {kernel.Name} does not compile ({e.InnermostMessage()}); formulas for devices do without arrays, spans, exceptions and references", e);
        }
    }
}

file static class Exceptions
{
    public static string InnermostMessage(this Exception e) => e.InnerException is { } inner ? inner.InnermostMessage() : e.Message.Split('\n')[0].TrimEnd();
}
