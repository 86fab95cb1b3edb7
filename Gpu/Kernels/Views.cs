using System.Runtime.CompilerServices;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>The memory that a kernel reads and writes, in an order that it knows.</summary>
internal interface IViews<T, M> where T : unmanaged where M : struct, IViews<T, M>
{
    /// <summary>How many there can be.</summary>
    static abstract int Count { get; }
}

internal static class Views
{
    /// <summary>Some of all memory; what is not used is the first of it.</summary>
    public static M Of<T, M>(ArrayView<T>[] memory, int[] slots) where T : unmanaged where M : struct, IViews<T, M>
    {
        M views = default;
        // The struct is nothing but its views.
        for (var i = 0; i < M.Count; i++) Unsafe.Add(ref Unsafe.As<M, ArrayView<T>>(ref views), i) = memory[i < slots.Length ? slots[i] : slots[0]];
        return views;
    }
}

public struct Views8<T> : IViews<T, Views8<T>> where T : unmanaged
{
    public static int Count => 8;

    public ArrayView<T> V0, V1, V2, V3, V4, V5, V6, V7;
}

/// <summary>Room for the longest bodies.</summary>
public struct Views40<T> : IViews<T, Views40<T>> where T : unmanaged
{
    public static int Count => 40;

    public ArrayView<T> V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14, V15, V16, V17, V18, V19;
    public ArrayView<T> V20, V21, V22, V23, V24, V25, V26, V27, V28, V29, V30, V31, V32, V33, V34, V35, V36, V37, V38, V39;
}
