using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiffAE.Cpu;

/// <summary>Zeros followed by ones, to be loaded as conditions.</summary>
internal static unsafe class Steps<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Longest = 16;

    private static readonly T* Values = Make();

    private static T* Make()
    {
        var values = (T*)NativeMemory.AlignedAlloc((nuint)(2 * Longest * sizeof(T)), 64);
        for (var i = 0; i < 2 * Longest; i++) values[i] = i < Longest ? T.Zero : T.One;
        return values;
    }

    /// <summary>0 at the first <paramref name="zeros"/> places of a register, 1 at the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* From(int zeros) => Values + Longest - zeros;
}
