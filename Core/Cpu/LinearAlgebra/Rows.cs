using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>What elimination does with rows, each a stretch of memory.</summary>
internal static unsafe class Rows<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y := y - a x</summary>
    public static void Subtract(T* y, T a, T* x, int length)
    {
        var target = new Span<T>(y, length);
        TensorPrimitives.MultiplyAdd(new ReadOnlySpan<T>(x, length), -a, target, target);
    }

    public static void Divide(T* y, T a, int length)
    {
        var target = new Span<T>(y, length);
        TensorPrimitives.Divide(target, a, target);
    }

    public static T Dot(T* x, T* y, int length) => TensorPrimitives.Dot(new ReadOnlySpan<T>(x, length), new ReadOnlySpan<T>(y, length));

    public static void Exchange(T* x, T* y, int length)
    {
        for (var i = 0; i < length; i++) (x[i], y[i]) = (y[i], x[i]);
    }
}
