namespace AutoDiffAE.Tensors;

/// <summary>A device's memory for the values of a <see cref="Buffer{T}"/>.</summary>
public interface IMirror<T> : IDisposable where T : unmanaged
{
    /// <summary>Waits for what the device has still to do, and copies its values.</summary>
    void Download(Span<T> host);
}
