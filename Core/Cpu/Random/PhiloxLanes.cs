using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>The uniform stream of <see cref="Philox"/>, four counters at a time where there are vectors of 256 bits.</summary>
internal static class PhiloxLanes
{
    private const int Step = 16;

    /// <summary>Elements offset, offset + 1, … of the key's stream; the offset is a multiple of 4.</summary>
    public static void Uniform<T>(Key key, Span<T> target, ulong offset) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var whole = Avx2.IsSupported ? target.Length / Step * Step : 0;
        for (var i = 0; i < whole; i += Step)
        {
            var (low, high) = Words(key.Value, (offset + (ulong)i) / 4);
            Store(low, ref target[i]);
            Store(high, ref target[i + Step / 2]);
        }
        var rest = target[whole..];
        if (typeof(T) == typeof(float)) Philox.Uniform(key, MemoryMarshal.Cast<T, float>(rest), offset + (ulong)whole);
        else Philox.Uniform(key, MemoryMarshal.Cast<T, double>(rest), offset + (ulong)whole);
    }

    /// <summary>The words of four counters in order, of each its upper 24 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<int> Low, Vector256<int> High) Words(ulong key, ulong block)
    {
        var word = Vector256.Create(0xFFFFFFFFUL);
        var counter = Vector256.Create(block) + Vector256.Create(0UL, 1, 2, 3);
        var (c0, c1, c2, c3) = (counter & word, counter >> 32, Vector256.Create(Philox.UniformStream & 0xFFFFFFFF), Vector256.Create(Philox.UniformStream >> 32));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < 10; round++)
        {
            var p = Avx2.Multiply(c0.AsUInt32(), Vector256.Create(0xD2511F53UL).AsUInt32());
            var q = Avx2.Multiply(c2.AsUInt32(), Vector256.Create(0xCD9E8D57UL).AsUInt32());
            (c0, c1, c2, c3) = ((q >> 32) ^ c1 ^ Vector256.Create((ulong)k0), q & word, (p >> 32) ^ c3 ^ Vector256.Create((ulong)k1), p & word);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        var a = (c0 >> 8) | (c1 >> 8 << 32);
        var b = (c2 >> 8) | (c3 >> 8 << 32);
        var (even, odd) = (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b)); // counters 0 and 2, 1 and 3
        return (Avx2.Permute2x128(even, odd, 0x20).AsInt32(), Avx2.Permute2x128(even, odd, 0x31).AsInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector256<int> bits, ref T target) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            (Vector256.ConvertToSingle(bits) * (1f / (1 << 24))).StoreUnsafe(ref Unsafe.As<T, float>(ref target));
            return;
        }
        ref var doubles = ref Unsafe.As<T, double>(ref target);
        (Avx.ConvertToVector256Double(bits.GetLower()) * (1.0 / (1 << 24))).StoreUnsafe(ref doubles);
        (Avx.ConvertToVector256Double(bits.GetUpper()) * (1.0 / (1 << 24))).StoreUnsafe(ref doubles, 4);
    }
}
