using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffAE.Cpu;

/// <summary>Lines become columns. As many lines as a vector holds are taken at once, so that whole vectors are written.</summary>
internal static unsafe class Transposition
{
    /// <summary>target[p·targetLine + i] = source[i·line + p]</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* source, nint line, int lines, int length, T* target, nint targetLine)
        where T : unmanaged
    {
        int side = Sse2.IsSupported || AdvSimd.Arm64.IsSupported ? 16 / sizeof(T) : 1;
        int wholeLength = length / side * side, i = 0;
        if (Avx512F.IsSupported && wholeLength > 0)
        {
            for (; i + 4 * side <= lines; i += 4 * side)
            {
                T* from = source + i * line, end = from + wholeLength, to = target + i;
                for (; from < end; from += side, to += side * targetLine) Transposition4.Lines512(from, line, to, targetLine);
            }
        }

        if (Avx.IsSupported && wholeLength > 0)
        {
            for (; i + 2 * side <= lines; i += 2 * side)
            {
                T* from = source + i * line, end = from + wholeLength, to = target + i;
                for (; from < end; from += side, to += side * targetLine) Transposition4.Lines256(from, line, to, targetLine);
            }
        }

        if (side > 1 && wholeLength > 0)
        {
            for (; i + side <= lines; i += side)
            {
                T* from = source + i * line, end = from + wholeLength, to = target + i;
                for (; from < end; from += side, to += side * targetLine) Transposition4.Lines128(from, line, to, targetLine);
            }
        }

        int wholeLines = i;
        for (i = 0; i < lines; i++)
        {
            for (int p = i < wholeLines ? wholeLength : 0; p < length; p++) target[p * targetLine + i] = source[i * line + p];
        }
    }
}
