using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffAE.Cpu;

/// <summary>Asks for memory that will be used soon.</summary>
internal static unsafe class Ahead
{
    private const int Line = 64;

    /// <summary>So many bytes of each line, the lines a stride of bytes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fetch(void* start, nint stride, int lines, int bytes)
    {
        if (!Sse.IsSupported) return;
        for (byte* row = (byte*)start; lines > 0; lines--, row += stride)
        {
            for (int at = 0; at < bytes; at += Line) Sse.Prefetch0(row + at);
        }
    }
}
