using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffAE.Cpu;

/// <summary>Copies a matrix's block into the order in which a tile reads it.</summary>
internal static unsafe class Packing
{
    /// <summary>target[k·width + i] = source[i·line + k·step] for i &lt; lines, 0 for the other i &lt; width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(T* source, nint line, nint step, int lines, int steps, T* target, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (line == 1) CopyLines(source, step, lines, steps, target, width);
        else if (step == 1) Transpose(source, line, lines, steps, target, width);
        else
        {
            for (int k = 0; k < steps; k++)
            for (int i = 0; i < lines; i++) target[(nint)k * width + i] = source[i * line + k * step];
        }

        if (lines == width) return;
        for (int k = 0; k < steps; k++) new Span<T>(target + (nint)k * width + lines, width - lines).Clear();
    }

    /// <summary>target[p·targetLine + i] = source[i·line + p]</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose<T>(T* source, nint line, int lines, int length, T* target, nint targetLine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int side = (Sse2.IsSupported || AdvSimd.Arm64.IsSupported) ? 16 / sizeof(T) : 1;
        int wholeLines = lines / side * side, wholeLength = length / side * side;
        for (int i = 0; i < wholeLines; i += side)
        {
            T* from = source + i * line, to = target + i;
            for (int p = 0; p < wholeLength; p += side)
            {
                if (sizeof(T) == 4) Transpose4((float*)(from + p), line, (float*)(to + p * targetLine), targetLine);
                else Transpose2((double*)(from + p), line, (double*)(to + p * targetLine), targetLine);
            }
        }

        for (int i = 0; i < lines; i++)
        {
            for (int p = i < wholeLines ? wholeLength : 0; p < length; p++) target[p * targetLine + i] = source[i * line + p];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLines<T>(T* source, nint step, int lines, int steps, T* target, int width) where T : unmanaged
    {
        int bytes = lines * sizeof(T), whole = bytes / 16 * 16;
        for (int k = 0; k < steps; k++, source += step, target += width)
        {
            byte* from = (byte*)source, to = (byte*)target;
            int at = 0;
            for (; at + 64 <= whole; at += 64) Vector512.Load(from + at).Store(to + at);
            for (; at < whole; at += 16) Vector128.Load(from + at).Store(to + at);
            for (; at < bytes; at += sizeof(T)) *(T*)(to + at) = *(T*)(from + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* source, nint line, float* target, nint targetLine)
    {
        var a = Vector128.Load(source);
        var b = Vector128.Load(source + line);
        var c = Vector128.Load(source + 2 * line);
        var d = Vector128.Load(source + 3 * line);
        var acLow = InterleaveLow(a, c);
        var acHigh = InterleaveHigh(a, c);
        var bdLow = InterleaveLow(b, d);
        var bdHigh = InterleaveHigh(b, d);
        InterleaveLow(acLow, bdLow).Store(target);
        InterleaveHigh(acLow, bdLow).Store(target + targetLine);
        InterleaveLow(acHigh, bdHigh).Store(target + 2 * targetLine);
        InterleaveHigh(acHigh, bdHigh).Store(target + 3 * targetLine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose2(double* source, nint line, double* target, nint targetLine)
    {
        var a = Vector128.Load(source);
        var b = Vector128.Load(source + line);
        Vector128.Create(a.GetLower(), b.GetLower()).Store(target);
        Vector128.Create(a.GetUpper(), b.GetUpper()).Store(target + targetLine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
