using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffAE.Cpu;

/// <summary>Copies a matrix's block into the order in which a tile reads it.</summary>
internal static unsafe class Packing
{
    private const int Line = 64;

    /// <summary>target[k·width + i] = source[i·line + k·step] for i &lt; lines, 0 for the other i &lt; width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(T* source, nint line, nint step, int lines, int steps, T* target, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (line == 1) CopyLines(source, step, lines, steps, target, width);
        else if (step == 1) Transposition.Run(source, line, lines, steps, target, width);
        else
        {
            for (int k = 0; k < steps; k++)
            for (int i = 0; i < lines; i++) target[(nint)k * width + i] = source[i * line + k * step];
        }

        if (lines == width) return;
        for (int k = 0; k < steps; k++) new Span<T>(target + (nint)k * width + lines, width - lines).Clear();
    }

    /// <summary>What lies beside the block will often be the next to be copied, and is fetched meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLines<T>(T* source, nint step, int lines, int steps, T* target, int width) where T : unmanaged
    {
        int bytes = lines * sizeof(T), whole = bytes / 16 * 16;
        bool ahead = Sse.IsSupported && step * sizeof(T) >= 2 * bytes;
        for (int k = 0; k < steps; k++, source += step, target += width)
        {
            byte* from = (byte*)source, to = (byte*)target;
            int at = 0;
            for (; at + Line <= whole; at += Line)
            {
                if (ahead) Sse.Prefetch1(from + bytes + at);
                Vector512.Load(from + at).Store(to + at);
            }

            if (at + Line / 2 <= whole)
            {
                Vector256.Load(from + at).Store(to + at);
                at += Line / 2;
            }

            if (at < whole)
            {
                Vector128.Load(from + at).Store(to + at);
                at += 16;
            }

            for (; at < bytes; at += sizeof(T)) *(T*)(to + at) = *(T*)(from + at);
        }
    }
}
