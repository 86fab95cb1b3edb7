using System.Runtime.InteropServices;

namespace AutoDiffAE.Tensors;

/// <summary>
/// Native memory aligned to cache lines. A large block begins at a large page, and Linux is asked to make it of such: memory that is touched for the
/// first time then costs one fault for 2 MiB and not one for 4 KiB, which of a first step is a twentieth. Later steps are no faster by it.
/// </summary>
internal static unsafe partial class LargePages
{
    private const nuint Line = 64;

    /// <summary>Of x86-64, and of Arm with small pages of 4 KiB.</summary>
    private const nuint Page = 2 << 20;

    /// <summary>A block that fills half a page or more is worth it.</summary>
    private const nuint Smallest = Page / 2;

    /// <summary>MADV_HUGEPAGE of Linux: advice, whose failure is no error.</summary>
    private const int HugePages = 14;

    private static bool _advises = OperatingSystem.IsLinux();

    /// <exception cref="OutOfMemoryException">There is not that much memory.</exception>
    public static void* Allocate(nuint bytes)
    {
        if (bytes < Smallest || !_advises) return NativeMemory.AlignedAlloc(Math.Max(bytes, 1), Line);
        var whole = checked(bytes + Page - 1) / Page * Page;
        var block = NativeMemory.AlignedAlloc(whole, Page);
        try
        {
            _ = Advise(block, whole, HugePages);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            _advises = false;
        }
        return block;
    }

    public static void Free(void* block) => NativeMemory.AlignedFree(block);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
