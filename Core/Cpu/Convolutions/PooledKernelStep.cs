using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>The kernel's gradient of a convolution of which only maxima were kept.</summary>
internal sealed unsafe class PooledKernelStep<V, T>(ConvolutionGeometry geometry, ConvolutionPool pool, int x, int dy, int places, int target) : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(nint* slots, Workers workers)
    {
        if (geometry.IsEmpty)
        {
            Memory.Clear((T*)slots[target], geometry.KernelSize);
            return;
        }

        lock (workers.Exclusive)
        {
            var (image, last, at, result) = (slots[x], slots[dy], slots[places], slots[target]);
            // A row of the kernel is one short vector where it fits.
            if (geometry.Width.Kernel <= Lanes128<T>.Count) KernelAtPlace<V, Lanes128<T>, T>.Run(geometry, pool, (T*)image, (T*)last, (T*)at, (T*)result, workers);
            else if (geometry.Width.Kernel <= Lanes256<T>.Count && V.Count >= Lanes256<T>.Count) KernelAtPlace<V, Lanes256<T>, T>.Run(geometry, pool, (T*)image, (T*)last, (T*)at, (T*)result, workers);
            else KernelAtPlace<V, V, T>.Run(geometry, pool, (T*)image, (T*)last, (T*)at, (T*)result, workers);
        }
    }
}
