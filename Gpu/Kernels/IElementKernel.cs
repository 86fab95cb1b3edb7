using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>What is done for one element of a result, which no other element depends on.</summary>
/// <typeparam name="M">The memory that it reads and writes.</typeparam>
public interface IElementKernel<M> where M : struct
{
    /// <param name="i">The element.</param>
    /// <param name="v">What is read and written.</param>
    /// <param name="a">Numbers known before: sizes, strides, tables.</param>
    static abstract void Run(int i, M v, ArrayView<int> a);
}

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
