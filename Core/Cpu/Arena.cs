using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>One block of memory for all temporaries of a bound plan, aligned to 64 bytes and freed with it.</summary>
internal sealed unsafe class Arena
{
    /// <exception cref="OutOfMemoryException">There is not that much memory.</exception>
    public Arena(long bytes)
    {
        Bytes = bytes;
        Start = (nint)LargePages.Allocate(checked((nuint)bytes));
    }

    ~Arena() => LargePages.Free((void*)Start);

    public long Bytes { get; }

    public nint Start { get; }
}
