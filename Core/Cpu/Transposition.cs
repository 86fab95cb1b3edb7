using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffAE.Cpu;

/// <summary>target[i, j] = source[j, i], row-major both. Blocks are turned in registers and visited so that whole cache lines are read.</summary>
internal static unsafe class Transposition<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* target, long targetRow, T* source, long sourceRow, long rows, long columns)
    {
        var block = sizeof(T) == 4 ? 8 : 4;
        var line = 2 * block;
        var vectors = Avx.IsSupported && sizeof(T) is 4 or 8;
        for (var i0 = 0L; i0 < rows; i0 += line)
            for (var j0 = 0L; j0 < columns; j0 += line)
                for (var i = i0; i < Math.Min(i0 + line, rows); i += block)
                    for (var j = j0; j < Math.Min(j0 + line, columns); j += block)
                    {
                        var t = target + i * targetRow + j;
                        var s = source + j * sourceRow + i;
                        if (!vectors || i + block > rows || j + block > columns)
                            Scalar(t, targetRow, s, sourceRow, Math.Min(block, rows - i), Math.Min(block, columns - j));
                        else if (sizeof(T) == 4) Eight((float*)t, targetRow, (float*)s, sourceRow);
                        else Four((double*)t, targetRow, (double*)s, sourceRow);
                    }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scalar(T* target, long targetRow, T* source, long sourceRow, long rows, long columns)
    {
        for (var i = 0L; i < rows; i++)
            for (var j = 0L; j < columns; j++) target[i * targetRow + j] = source[j * sourceRow + i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* t, long m, float* s, long n)
    {
        var (a, b, c, d) = (Halves(s, n, 0), Halves(s, n, 1), Halves(s, n, 2), Halves(s, n, 3));
        Four(t, m, a, b, c, d);
        (a, b, c, d) = (Halves(s + 4, n, 0), Halves(s + 4, n, 1), Halves(s + 4, n, 2), Halves(s + 4, n, 3));
        Four(t + 4 * m, m, a, b, c, d);
    }

    /// <summary>Four numbers of row k beside those of row k + 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* s, long n, int k) =>
        Avx.InsertVector128(Vector128.Load(s + k * n).ToVector256Unsafe(), Vector128.Load(s + (k + 4) * n), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* t, long m, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        var (ab, AB) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        var (cd, CD) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        Avx.Shuffle(ab, cd, 0x44).Store(t);
        Avx.Shuffle(ab, cd, 0xEE).Store(t + m);
        Avx.Shuffle(AB, CD, 0x44).Store(t + 2 * m);
        Avx.Shuffle(AB, CD, 0xEE).Store(t + 3 * m);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(double* t, long m, double* s, long n)
    {
        var (a, b, c, d) = (Pairs(s, n, 0), Pairs(s, n, 1), Pairs(s + 2, n, 0), Pairs(s + 2, n, 1));
        Avx.UnpackLow(a, b).Store(t);
        Avx.UnpackHigh(a, b).Store(t + m);
        Avx.UnpackLow(c, d).Store(t + 2 * m);
        Avx.UnpackHigh(c, d).Store(t + 3 * m);
    }

    /// <summary>Two numbers of row k beside those of row k + 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pairs(double* s, long n, int k) =>
        Avx.InsertVector128(Vector128.Load(s + k * n).ToVector256Unsafe(), Vector128.Load(s + (k + 2) * n), 1);
}
