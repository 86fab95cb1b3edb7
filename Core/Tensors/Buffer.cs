using System.Numerics;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Tensors;

/// <summary>
/// Memory that a caller holds and compiled functions read and fill, row-major and aligned to 64 bytes: with buffers a training step
/// allocates nothing. It is the one mutable carrier of values; a <see cref="Tensor{T}"/> read out of it is a snapshot.
/// </summary>
public sealed unsafe class Buffer<T> : IDisposable where T : unmanaged, INumber<T>
{
    private readonly int[] _sizes;

    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not that much memory.</exception>
    public Buffer(params ReadOnlySpan<int> sizes)
    {
        _sizes = sizes.ToArray();
        Length = 1;
        foreach (var size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size);
            Length = checked(Length * size);
        }
        Pointer = (T*)LargePages.Allocate(checked((nuint)Length * (nuint)sizeof(T)));
        Span.Clear();
    }

    public Buffer(Tensor<T> values) : this(values.Sizes) => values.Span.CopyTo(Span);

    ~Buffer() => Free();

    public T* Pointer { get; private set; }

    public int Length { get; }

    public ReadOnlySpan<int> Sizes => _sizes;

    public Shape Shape => Shape.Of(_sizes);

    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(Pointer is null, this);
            return new(Pointer, Length);
        }
    }

    /// <summary>A snapshot of the values.</summary>
    public Tensor<T> ToTensor() => Tensor<T>.Of(Span, _sizes);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        LargePages.Free(Pointer);
        Pointer = null;
    }
}
