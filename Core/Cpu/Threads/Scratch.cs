using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>Native memory that grows and is kept, aligned to cache lines. What it held is lost when it grows.</summary>
internal unsafe struct Scratch
{
    private const nuint Line = 64;

    private void* memory;
    private nuint size;

    public void* Take(nuint bytes)
    {
        if (bytes > size)
        {
            Free();
            nuint grown = (bytes + bytes / 4 + Line - 1) / Line * Line;
            memory = LargePages.Allocate(grown);
            size = grown;
        }

        return memory;
    }

    public void Free()
    {
        LargePages.Free(memory);
        memory = null;
        size = 0;
    }

    /// <summary>A part of scratch rounded up to whole cache lines, so that the next part is aligned too.</summary>
    public static nuint Round(nuint bytes) => (bytes + Line - 1) / Line * Line;
}
