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
