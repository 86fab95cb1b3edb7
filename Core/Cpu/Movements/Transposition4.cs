using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Transposes blocks of lines by as many columns as 128 bits hold. A wide register takes such a piece of every fourth (second) line, so that
/// interleaving within 128 bits is all the shuffling there is, and whole registers are written.
/// </summary>
internal static unsafe class Transposition4
{
    /// <summary>Four columns of 16 lines of floats, or two of 8 lines of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines512<T>(T* source, nint line, T* target, nint targetLine) where T : unmanaged
    {
        if (sizeof(T) == 4)
        {
            Vector512<float> a = Every512(source, line, 4).AsSingle(), b = Every512(source + line, line, 4).AsSingle();
            Vector512<float> c = Every512(source + 2 * line, line, 4).AsSingle(), d = Every512(source + 3 * line, line, 4).AsSingle();
            Vector512<float> acLow = Avx512F.UnpackLow(a, c), acHigh = Avx512F.UnpackHigh(a, c);
            Vector512<float> bdLow = Avx512F.UnpackLow(b, d), bdHigh = Avx512F.UnpackHigh(b, d);
            Avx512F.UnpackLow(acLow, bdLow).Store((float*)target);
            Avx512F.UnpackHigh(acLow, bdLow).Store((float*)(target + targetLine));
            Avx512F.UnpackLow(acHigh, bdHigh).Store((float*)(target + 2 * targetLine));
            Avx512F.UnpackHigh(acHigh, bdHigh).Store((float*)(target + 3 * targetLine));
        }
        else
        {
            Vector512<double> a = Every512(source, line, 2), b = Every512(source + line, line, 2);
            Avx512F.UnpackLow(a, b).Store((double*)target);
            Avx512F.UnpackHigh(a, b).Store((double*)(target + targetLine));
        }
    }

    /// <summary>Four columns of 8 lines of floats, or two of 4 lines of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines256<T>(T* source, nint line, T* target, nint targetLine) where T : unmanaged
    {
        if (sizeof(T) == 4)
        {
            Vector256<float> a = Every256(source, line, 4).AsSingle(), b = Every256(source + line, line, 4).AsSingle();
            Vector256<float> c = Every256(source + 2 * line, line, 4).AsSingle(), d = Every256(source + 3 * line, line, 4).AsSingle();
            Vector256<float> acLow = Avx.UnpackLow(a, c), acHigh = Avx.UnpackHigh(a, c);
            Vector256<float> bdLow = Avx.UnpackLow(b, d), bdHigh = Avx.UnpackHigh(b, d);
            Avx.UnpackLow(acLow, bdLow).Store((float*)target);
            Avx.UnpackHigh(acLow, bdLow).Store((float*)(target + targetLine));
            Avx.UnpackLow(acHigh, bdHigh).Store((float*)(target + 2 * targetLine));
            Avx.UnpackHigh(acHigh, bdHigh).Store((float*)(target + 3 * targetLine));
        }
        else
        {
            Vector256<double> a = Every256(source, line, 2), b = Every256(source + line, line, 2);
            Avx.UnpackLow(a, b).Store((double*)target);
            Avx.UnpackHigh(a, b).Store((double*)(target + targetLine));
        }
    }

    /// <summary>Four columns of 4 lines of floats, or two of 2 lines of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines128<T>(T* source, nint line, T* target, nint targetLine) where T : unmanaged
    {
        if (sizeof(T) == 4)
        {
            var a = Vector128.Load((float*)source);
            var b = Vector128.Load((float*)(source + line));
            var c = Vector128.Load((float*)(source + 2 * line));
            var d = Vector128.Load((float*)(source + 3 * line));
            Vector128<float> acLow = Low(a, c), acHigh = High(a, c), bdLow = Low(b, d), bdHigh = High(b, d);
            Low(acLow, bdLow).Store((float*)target);
            High(acLow, bdLow).Store((float*)(target + targetLine));
            Low(acHigh, bdHigh).Store((float*)(target + 2 * targetLine));
            High(acHigh, bdHigh).Store((float*)(target + 3 * targetLine));
        }
        else
        {
            var a = Vector128.Load((double*)source);
            var b = Vector128.Load((double*)(source + line));
            Vector128.Create(a.GetLower(), b.GetLower()).Store((double*)target);
            Vector128.Create(a.GetUpper(), b.GetUpper()).Store((double*)(target + targetLine));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Every512<T>(T* source, nint line, int apart) where T : unmanaged
    {
        T* third = source + 2 * apart * line;
        var low = Vector128.Load((double*)source).ToVector256Unsafe().WithUpper(Vector128.Load((double*)(source + apart * line)));
        var all = Avx512F.InsertVector128(low.AsSingle().ToVector512Unsafe(), Vector128.Load((float*)third), 2);
        return Avx512F.InsertVector128(all, Vector128.Load((float*)(third + apart * line)), 3).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Every256<T>(T* source, nint line, int apart) where T : unmanaged =>
        Vector128.Load((double*)source).ToVector256Unsafe().WithUpper(Vector128.Load((double*)(source + apart * line)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
