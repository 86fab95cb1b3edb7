using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>A number as a key whose order as an integer is that of the numbers, -0 beside 0 and NaN above all; and where it stood.</summary>
internal readonly unsafe record struct SortKey(ulong Key, int Position)
{
    /// <summary>The bits of a negative number fall as it rises: they are all inverted, of a positive one only the sign. The key has as many bytes as the number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SortKey Of<T>(T x, int position) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x += T.Zero;
        if (sizeof(T) == 4)
        {
            var bits = Unsafe.BitCast<T, uint>(x);
            return new(T.IsNaN(x) ? uint.MaxValue : bits ^ ((uint)((int)bits >> 31) | 0x80000000), position);
        }
        var wide = Unsafe.BitCast<T, ulong>(x);
        return new(T.IsNaN(x) ? ulong.MaxValue : wide ^ ((ulong)((long)wide >> 63) | 0x8000000000000000), position);
    }
}
