using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffAE.Cpu;

/// <summary>Asks for memory that will be used soon.</summary>
internal static unsafe class Ahead
{
    /// <summary>One cache line of each of so many lines, a stride of bytes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fetch(void* start, nint stride, int lines)
    {
        if (!Sse.IsSupported) return;
        for (byte* line = (byte*)start; lines > 0; lines--, line += stride) Sse.Prefetch0(line);
    }
}
