using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>How elements are shared out among threads.</summary>
public static class Elements
{
    /// <summary>A thread for each, for devices with thousands of threads.</summary>
    public static void Each<K, M>(Index1D i, M v, ArrayView<int> a, int _, int __) where K : struct, IElementKernel<M> where M : struct => K.Run(i, v, a);

    /// <summary>Some for each thread, for a device that simulates threads one by one.</summary>
    public static void Share<K, M>(Index1D i, M v, ArrayView<int> a, int count, int threads) where K : struct, IElementKernel<M> where M : struct
    {
        for (int k = i; k < count; k += threads) K.Run(k, v, a);
    }
}
