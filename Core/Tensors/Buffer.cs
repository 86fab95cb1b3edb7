using System.Numerics;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Tensors;

/// <summary>
/// Memory that a caller holds and compiled functions read and fill, row-major and aligned to 64 bytes: with buffers a training step
/// allocates nothing. It is the one mutable carrier of values; a <see cref="Tensor{T}"/> read out of it is a snapshot. A device may hold the values
/// instead: they are fetched when the buffer is asked for its <see cref="Span"/>, which therefore is to be taken anew after each call.
/// </summary>
public sealed unsafe class Buffer<T> : IDisposable where T : unmanaged, INumber<T>
{
    private readonly int[] _sizes;
    private T* _memory;
    private bool _hostIsCurrent = true, _mirrorIsCurrent;

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
        _memory = (T*)LargePages.Allocate(checked((nuint)Length * (nuint)sizeof(T)));
        new Span<T>(_memory, Length).Clear();
    }

    public Buffer(Tensor<T> values) : this(values.Sizes) => values.Span.CopyTo(Span);

    ~Buffer() => Free();

    /// <summary>Where the values are on the host, fetched if a device has newer ones, and taken to be written.</summary>
    public T* Pointer
    {
        get
        {
            Fetch();
            _mirrorIsCurrent = false;
            return _memory;
        }
    }

    /// <summary>The same values in a device's memory.</summary>
    public IMirror<T>? Mirror { get; private set; }

    /// <summary>Whether the mirror has the values.</summary>
    public bool MirrorIsCurrent => _mirrorIsCurrent;

    public int Length { get; }

    public ReadOnlySpan<int> Sizes => _sizes;

    public Shape Shape => Shape.Of(_sizes);

    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return new(Pointer, Length);
        }
    }

    /// <summary>A snapshot of the values.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Tensor<T> ToTensor() => Tensor<T>.Of(Values, _sizes);

    /// <summary>The values, to be read only: a mirror that has them stays current.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public ReadOnlySpan<T> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            Fetch();
            return new(_memory, Length);
        }
    }

    /// <summary>A device's memory for the values from now on; they are fetched from the one before if only that has them.</summary>
    public void MirrorIn(IMirror<T> mirror)
    {
        Fetch();
        Mirror?.Dispose();
        (Mirror, _mirrorIsCurrent) = (mirror, false);
    }

    /// <summary>The mirror has been given the host's values.</summary>
    public void MirrorFilled() => _mirrorIsCurrent = true;

    /// <summary>The mirror has been written: the host's values are old.</summary>
    public void MirrorWritten() => (_mirrorIsCurrent, _hostIsCurrent) = (true, false);

    private void Fetch()
    {
        if (_hostIsCurrent) return;
        Mirror!.Download(new(_memory, Length));
        _hostIsCurrent = true;
    }

    public void Dispose()
    {
        Mirror?.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        LargePages.Free(_memory);
        _memory = null;
    }
}
