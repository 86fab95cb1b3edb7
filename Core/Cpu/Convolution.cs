using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The trilinear form ⟨dy, x ⋆ w⟩ with one leg left open. Each method overwrites its result, whose bits depend on the sizes and never
/// on the number of threads.
/// </summary>
internal static unsafe class Convolution
{
    /// <summary>y = x ⋆ w</summary>
    public static void Output<T>(in ConvolutionGeometry g, T* x, T* w, T* y, Workers workers, LaneWidth width = LaneWidth.Widest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.IsEmpty)
        {
            Memory.Clear(y, g.OutputSize);
            return;
        }

        lock (workers.Exclusive)
        {
            switch (width.Resolve())
            {
                case LaneWidth.Bits512: ConvolutionOutput<Lanes512<T>, T>.Run(g, x, w, y, workers); break;
                case LaneWidth.Bits256: ConvolutionOutput<Lanes256<T>, T>.Run(g, x, w, y, workers); break;
                default: ConvolutionOutput<Lanes128<T>, T>.Run(g, x, w, y, workers); break;
            }
        }
    }

    /// <summary>The gradient with respect to x, which is also the transposed convolution of dy; 0 where no window reaches.</summary>
    public static void Input<T>(in ConvolutionGeometry g, T* dy, T* w, T* dx, Workers workers, LaneWidth width = LaneWidth.Widest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.IsEmpty)
        {
            Memory.Clear(dx, g.InputSize);
            return;
        }

        lock (workers.Exclusive)
        {
            switch (width.Resolve())
            {
                case LaneWidth.Bits512: ConvolutionInput<Lanes512<T>, T>.Run(g, dy, w, dx, workers); break;
                case LaneWidth.Bits256: ConvolutionInput<Lanes256<T>, T>.Run(g, dy, w, dx, workers); break;
                default: ConvolutionInput<Lanes128<T>, T>.Run(g, dy, w, dx, workers); break;
            }
        }
    }

    /// <summary>The gradient with respect to w.</summary>
    public static void Kernel<T>(in ConvolutionGeometry g, T* x, T* dy, T* dw, Workers workers, LaneWidth width = LaneWidth.Widest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.IsEmpty)
        {
            Memory.Clear(dw, g.KernelSize);
            return;
        }

        lock (workers.Exclusive)
        {
            switch (width.Resolve())
            {
                case LaneWidth.Bits512: ConvolutionKernel<Lanes512<T>, T>.Run(g, x, dy, dw, workers); break;
                case LaneWidth.Bits256: ConvolutionKernel<Lanes256<T>, T>.Run(g, x, dy, dw, workers); break;
                default: ConvolutionKernel<Lanes128<T>, T>.Run(g, x, dy, dw, workers); break;
            }
        }
    }
}
