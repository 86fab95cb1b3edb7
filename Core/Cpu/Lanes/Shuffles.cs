using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiffAE.Cpu;

/// <summary>Moves numbers between the places of registers, at every width. Index -1 gives 0: two shuffles combine by "or", where no instruction takes from two registers.</summary>
internal static unsafe class Shuffles<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<U> As512<U>(V a) => Unsafe.BitCast<V, Vector512<U>>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<U> As256<U>(V a) => Unsafe.BitCast<V, Vector256<U>>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<U> As128<U>(V a) => Unsafe.BitCast<V, Vector128<U>>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V From<U>(U a) where U : struct => Unsafe.BitCast<U, V>(a);

    /// <summary>a0 a2 a4 … b0 b2 b4 …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Evens(V a, V b)
    {
        if (sizeof(V) == 64 && sizeof(T) == 4 && Avx512F.IsSupported)
            return From(Avx512F.PermuteVar16x32x2(As512<float>(a), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), As512<float>(b)));
        if (sizeof(V) == 64 && sizeof(T) == 8 && Avx512F.IsSupported)
            return From(Avx512F.PermuteVar8x64x2(As512<double>(a), Vector512.Create(0L, 2, 4, 6, 8, 10, 12, 14), As512<double>(b)));
        if (sizeof(V) == 32 && sizeof(T) == 4 && Avx512F.VL.IsSupported)
            return From(Avx512F.VL.PermuteVar8x32x2(As256<float>(a), Vector256.Create(0, 2, 4, 6, 8, 10, 12, 14), As256<float>(b)));
        if (sizeof(V) == 32 && sizeof(T) == 8 && Avx512F.VL.IsSupported)
            return From(Avx512F.VL.PermuteVar4x64x2(As256<double>(a), Vector256.Create(0L, 2, 4, 6), As256<double>(b)));
        if (sizeof(V) == 64 && sizeof(T) == 4)
            return From(Vector512.Shuffle(As512<float>(a), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, -1, -1, -1, -1, -1, -1, -1, -1))
                | Vector512.Shuffle(As512<float>(b), Vector512.Create(-1, -1, -1, -1, -1, -1, -1, -1, 0, 2, 4, 6, 8, 10, 12, 14)));
        if (sizeof(V) == 64 && sizeof(T) == 8)
            return From(Vector512.Shuffle(As512<double>(a), Vector512.Create(0L, 2, 4, 6, -1, -1, -1, -1))
                | Vector512.Shuffle(As512<double>(b), Vector512.Create(-1L, -1, -1, -1, 0, 2, 4, 6)));
        if (sizeof(V) == 32 && sizeof(T) == 4)
            return From(Vector256.Shuffle(As256<float>(a), Vector256.Create(0, 2, 4, 6, -1, -1, -1, -1))
                | Vector256.Shuffle(As256<float>(b), Vector256.Create(-1, -1, -1, -1, 0, 2, 4, 6)));
        if (sizeof(V) == 32 && sizeof(T) == 8)
            return From(Vector256.Shuffle(As256<double>(a), Vector256.Create(0L, 2, -1, -1))
                | Vector256.Shuffle(As256<double>(b), Vector256.Create(-1L, -1, 0, 2)));
        if (sizeof(V) == 16 && sizeof(T) == 4)
            return From(Vector128.Shuffle(As128<float>(a), Vector128.Create(0, 2, -1, -1))
                | Vector128.Shuffle(As128<float>(b), Vector128.Create(-1, -1, 0, 2)));
        if (sizeof(V) == 16 && sizeof(T) == 8)
            return From(Vector128.Shuffle(As128<double>(a), Vector128.Create(0L, -1))
                | Vector128.Shuffle(As128<double>(b), Vector128.Create(-1L, 0)));
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>a1 a3 a5 … b1 b3 b5 …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Odds(V a, V b)
    {
        if (sizeof(V) == 64 && sizeof(T) == 4 && Avx512F.IsSupported)
            return From(Avx512F.PermuteVar16x32x2(As512<float>(a), Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), As512<float>(b)));
        if (sizeof(V) == 64 && sizeof(T) == 8 && Avx512F.IsSupported)
            return From(Avx512F.PermuteVar8x64x2(As512<double>(a), Vector512.Create(1L, 3, 5, 7, 9, 11, 13, 15), As512<double>(b)));
        if (sizeof(V) == 32 && sizeof(T) == 4 && Avx512F.VL.IsSupported)
            return From(Avx512F.VL.PermuteVar8x32x2(As256<float>(a), Vector256.Create(1, 3, 5, 7, 9, 11, 13, 15), As256<float>(b)));
        if (sizeof(V) == 32 && sizeof(T) == 8 && Avx512F.VL.IsSupported)
            return From(Avx512F.VL.PermuteVar4x64x2(As256<double>(a), Vector256.Create(1L, 3, 5, 7), As256<double>(b)));
        if (sizeof(V) == 64 && sizeof(T) == 4)
            return From(Vector512.Shuffle(As512<float>(a), Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, -1, -1, -1, -1, -1, -1, -1, -1))
                | Vector512.Shuffle(As512<float>(b), Vector512.Create(-1, -1, -1, -1, -1, -1, -1, -1, 1, 3, 5, 7, 9, 11, 13, 15)));
        if (sizeof(V) == 64 && sizeof(T) == 8)
            return From(Vector512.Shuffle(As512<double>(a), Vector512.Create(1L, 3, 5, 7, -1, -1, -1, -1))
                | Vector512.Shuffle(As512<double>(b), Vector512.Create(-1L, -1, -1, -1, 1, 3, 5, 7)));
        if (sizeof(V) == 32 && sizeof(T) == 4)
            return From(Vector256.Shuffle(As256<float>(a), Vector256.Create(1, 3, 5, 7, -1, -1, -1, -1))
                | Vector256.Shuffle(As256<float>(b), Vector256.Create(-1, -1, -1, -1, 1, 3, 5, 7)));
        if (sizeof(V) == 32 && sizeof(T) == 8)
            return From(Vector256.Shuffle(As256<double>(a), Vector256.Create(1L, 3, -1, -1))
                | Vector256.Shuffle(As256<double>(b), Vector256.Create(-1L, -1, 1, 3)));
        if (sizeof(V) == 16 && sizeof(T) == 4)
            return From(Vector128.Shuffle(As128<float>(a), Vector128.Create(1, 3, -1, -1))
                | Vector128.Shuffle(As128<float>(b), Vector128.Create(-1, -1, 1, 3)));
        if (sizeof(V) == 16 && sizeof(T) == 8)
            return From(Vector128.Shuffle(As128<double>(a), Vector128.Create(1L, -1))
                | Vector128.Shuffle(As128<double>(b), Vector128.Create(-1L, 1)));
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>a0 a0 a1 a1 … of the lower half</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleLow(V a)
    {
        if (sizeof(V) == 64 && sizeof(T) == 4)
            return From(Vector512.Shuffle(As512<float>(a), Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)));
        if (sizeof(V) == 64 && sizeof(T) == 8)
            return From(Vector512.Shuffle(As512<double>(a), Vector512.Create(0L, 0, 1, 1, 2, 2, 3, 3)));
        if (sizeof(V) == 32 && sizeof(T) == 4)
            return From(Vector256.Shuffle(As256<float>(a), Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3)));
        if (sizeof(V) == 32 && sizeof(T) == 8)
            return From(Vector256.Shuffle(As256<double>(a), Vector256.Create(0L, 0, 1, 1)));
        if (sizeof(V) == 16 && sizeof(T) == 4)
            return From(Vector128.Shuffle(As128<float>(a), Vector128.Create(0, 0, 1, 1)));
        if (sizeof(V) == 16 && sizeof(T) == 8)
            return From(Vector128.Shuffle(As128<double>(a), Vector128.Create(0L, 0)));
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>The same of the upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleHigh(V a)
    {
        if (sizeof(V) == 64 && sizeof(T) == 4)
            return From(Vector512.Shuffle(As512<float>(a), Vector512.Create(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15)));
        if (sizeof(V) == 64 && sizeof(T) == 8)
            return From(Vector512.Shuffle(As512<double>(a), Vector512.Create(4L, 4, 5, 5, 6, 6, 7, 7)));
        if (sizeof(V) == 32 && sizeof(T) == 4)
            return From(Vector256.Shuffle(As256<float>(a), Vector256.Create(4, 4, 5, 5, 6, 6, 7, 7)));
        if (sizeof(V) == 32 && sizeof(T) == 8)
            return From(Vector256.Shuffle(As256<double>(a), Vector256.Create(2L, 2, 3, 3)));
        if (sizeof(V) == 16 && sizeof(T) == 4)
            return From(Vector128.Shuffle(As128<float>(a), Vector128.Create(2, 2, 3, 3)));
        if (sizeof(V) == 16 && sizeof(T) == 8)
            return From(Vector128.Shuffle(As128<double>(a), Vector128.Create(1L, 1)));
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>a0 b0 a1 b1 … of the lower halves</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V InterleaveLow(V a, V b)
    {
        if (sizeof(V) == 64 && sizeof(T) == 4 && Avx512F.IsSupported)
            return From(Avx512F.PermuteVar16x32x2(As512<float>(a), Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), As512<float>(b)));
        if (sizeof(V) == 64 && sizeof(T) == 8 && Avx512F.IsSupported)
            return From(Avx512F.PermuteVar8x64x2(As512<double>(a), Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), As512<double>(b)));
        if (sizeof(V) == 32 && sizeof(T) == 4 && Avx512F.VL.IsSupported)
            return From(Avx512F.VL.PermuteVar8x32x2(As256<float>(a), Vector256.Create(0, 8, 1, 9, 2, 10, 3, 11), As256<float>(b)));
        if (sizeof(V) == 32 && sizeof(T) == 8 && Avx512F.VL.IsSupported)
            return From(Avx512F.VL.PermuteVar4x64x2(As256<double>(a), Vector256.Create(0L, 4, 1, 5), As256<double>(b)));
        if (sizeof(V) == 64 && sizeof(T) == 4)
            return From(Vector512.Shuffle(As512<float>(a), Vector512.Create(0, -1, 1, -1, 2, -1, 3, -1, 4, -1, 5, -1, 6, -1, 7, -1))
                | Vector512.Shuffle(As512<float>(b), Vector512.Create(-1, 0, -1, 1, -1, 2, -1, 3, -1, 4, -1, 5, -1, 6, -1, 7)));
        if (sizeof(V) == 64 && sizeof(T) == 8)
            return From(Vector512.Shuffle(As512<double>(a), Vector512.Create(0L, -1, 1, -1, 2, -1, 3, -1))
                | Vector512.Shuffle(As512<double>(b), Vector512.Create(-1L, 0, -1, 1, -1, 2, -1, 3)));
        if (sizeof(V) == 32 && sizeof(T) == 4)
            return From(Vector256.Shuffle(As256<float>(a), Vector256.Create(0, -1, 1, -1, 2, -1, 3, -1))
                | Vector256.Shuffle(As256<float>(b), Vector256.Create(-1, 0, -1, 1, -1, 2, -1, 3)));
        if (sizeof(V) == 32 && sizeof(T) == 8)
            return From(Vector256.Shuffle(As256<double>(a), Vector256.Create(0L, -1, 1, -1))
                | Vector256.Shuffle(As256<double>(b), Vector256.Create(-1L, 0, -1, 1)));
        if (sizeof(V) == 16 && sizeof(T) == 4)
            return From(Vector128.Shuffle(As128<float>(a), Vector128.Create(0, -1, 1, -1))
                | Vector128.Shuffle(As128<float>(b), Vector128.Create(-1, 0, -1, 1)));
        if (sizeof(V) == 16 && sizeof(T) == 8)
            return From(Vector128.Shuffle(As128<double>(a), Vector128.Create(0L, -1))
                | Vector128.Shuffle(As128<double>(b), Vector128.Create(-1L, 0)));
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>The same of the upper halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V InterleaveHigh(V a, V b)
    {
        if (sizeof(V) == 64 && sizeof(T) == 4 && Avx512F.IsSupported)
            return From(Avx512F.PermuteVar16x32x2(As512<float>(a), Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), As512<float>(b)));
        if (sizeof(V) == 64 && sizeof(T) == 8 && Avx512F.IsSupported)
            return From(Avx512F.PermuteVar8x64x2(As512<double>(a), Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15), As512<double>(b)));
        if (sizeof(V) == 32 && sizeof(T) == 4 && Avx512F.VL.IsSupported)
            return From(Avx512F.VL.PermuteVar8x32x2(As256<float>(a), Vector256.Create(4, 12, 5, 13, 6, 14, 7, 15), As256<float>(b)));
        if (sizeof(V) == 32 && sizeof(T) == 8 && Avx512F.VL.IsSupported)
            return From(Avx512F.VL.PermuteVar4x64x2(As256<double>(a), Vector256.Create(2L, 6, 3, 7), As256<double>(b)));
        if (sizeof(V) == 64 && sizeof(T) == 4)
            return From(Vector512.Shuffle(As512<float>(a), Vector512.Create(8, -1, 9, -1, 10, -1, 11, -1, 12, -1, 13, -1, 14, -1, 15, -1))
                | Vector512.Shuffle(As512<float>(b), Vector512.Create(-1, 8, -1, 9, -1, 10, -1, 11, -1, 12, -1, 13, -1, 14, -1, 15)));
        if (sizeof(V) == 64 && sizeof(T) == 8)
            return From(Vector512.Shuffle(As512<double>(a), Vector512.Create(4L, -1, 5, -1, 6, -1, 7, -1))
                | Vector512.Shuffle(As512<double>(b), Vector512.Create(-1L, 4, -1, 5, -1, 6, -1, 7)));
        if (sizeof(V) == 32 && sizeof(T) == 4)
            return From(Vector256.Shuffle(As256<float>(a), Vector256.Create(4, -1, 5, -1, 6, -1, 7, -1))
                | Vector256.Shuffle(As256<float>(b), Vector256.Create(-1, 4, -1, 5, -1, 6, -1, 7)));
        if (sizeof(V) == 32 && sizeof(T) == 8)
            return From(Vector256.Shuffle(As256<double>(a), Vector256.Create(2L, -1, 3, -1))
                | Vector256.Shuffle(As256<double>(b), Vector256.Create(-1L, 2, -1, 3)));
        if (sizeof(V) == 16 && sizeof(T) == 4)
            return From(Vector128.Shuffle(As128<float>(a), Vector128.Create(2, -1, 3, -1))
                | Vector128.Shuffle(As128<float>(b), Vector128.Create(-1, 2, -1, 3)));
        if (sizeof(V) == 16 && sizeof(T) == 8)
            return From(Vector128.Shuffle(As128<double>(a), Vector128.Create(1L, -1))
                | Vector128.Shuffle(As128<double>(b), Vector128.Create(-1L, 1)));
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>The last number first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reverse(V a)
    {
        if (sizeof(V) == 64 && sizeof(T) == 4)
            return From(Vector512.Shuffle(As512<float>(a), Vector512.Create(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)));
        if (sizeof(V) == 64 && sizeof(T) == 8)
            return From(Vector512.Shuffle(As512<double>(a), Vector512.Create(7L, 6, 5, 4, 3, 2, 1, 0)));
        if (sizeof(V) == 32 && sizeof(T) == 4)
            return From(Vector256.Shuffle(As256<float>(a), Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0)));
        if (sizeof(V) == 32 && sizeof(T) == 8)
            return From(Vector256.Shuffle(As256<double>(a), Vector256.Create(3L, 2, 1, 0)));
        if (sizeof(V) == 16 && sizeof(T) == 4)
            return From(Vector128.Shuffle(As128<float>(a), Vector128.Create(3, 2, 1, 0)));
        if (sizeof(V) == 16 && sizeof(T) == 8)
            return From(Vector128.Shuffle(As128<double>(a), Vector128.Create(1L, 0)));
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>Half a register of numbers, twice. Only 512-bit registers are halved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V HalfTwice(T* source)
    {
        var half = Vector256.Load((double*)source);
        return sizeof(V) == 64 ? From(Vector512.Create(half, half)) : throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>The lower half of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Halves(V a, V b) =>
        sizeof(V) == 64 ? From(As512<double>(a).WithUpper(As512<double>(b).GetLower())) : throw new System.Diagnostics.UnreachableException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V UpperFirst(V a)
    {
        var (low, high) = (As512<double>(a).GetLower(), As512<double>(a).GetUpper());
        return sizeof(V) == 64 ? From(Vector512.Create(high, low)) : throw new System.Diagnostics.UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLower(V a, T* target)
    {
        if (sizeof(V) == 64) As512<double>(a).GetLower().Store((double*)target);
        else throw new System.Diagnostics.UnreachableException();
    }
}
