using System.Runtime.CompilerServices;
using AutoDiffAE.Cpu;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// A float64 of a device as a carrier of formulas. eˣ, ln x and aᵇ are the CPU's own formulas, so that their accuracy does not depend on a driver, and sine
/// and cosine are formulas too. Comparisons are written as choices on an ordered comparison: ILGPU takes the wrong branch of others for NaN, and makes
/// raw bits of a truth value that is used as a number.
/// </summary>
public readonly struct DoubleScalar(double value) : IScalar<DoubleScalar, double>
{
    public readonly double Value = value;

    public static int Count => 1;

    public static bool IsSingle => false;

    public static unsafe DoubleScalar Load(double* source) => new(*source);

    public unsafe void Store(double* target) => *target = Value;

    public static DoubleScalar Splat(double value) => new(value);

    public static double Sum(DoubleScalar a) => a.Value;

    public static DoubleScalar FromInteger(int value) => new(value);

    public static int ToInteger(DoubleScalar a) => (int)a.Value;

    public static implicit operator DoubleScalar(double value) => new(value);

    public static DoubleScalar operator +(DoubleScalar a, DoubleScalar b) => new(a.Value + b.Value);
    public static DoubleScalar operator -(DoubleScalar a, DoubleScalar b) => new(a.Value - b.Value);
    public static DoubleScalar operator *(DoubleScalar a, DoubleScalar b) => new(a.Value * b.Value);
    public static DoubleScalar operator /(DoubleScalar a, DoubleScalar b) => new(a.Value / b.Value);
    public static DoubleScalar operator -(DoubleScalar a) => new(-a.Value);

    public static DoubleScalar MultiplyAdd(DoubleScalar a, DoubleScalar b, DoubleScalar c) => new(FusedMultiplyAdd.Of(a.Value, b.Value, c.Value));

    /// <summary>The larger; of zeros the positive one, and NaN where either is. Chosen step by step: of nested choices branches are made.</summary>
    public static DoubleScalar Max(DoubleScalar a, DoubleScalar b)
    {
        var sum = a.Value + b.Value;
        var equal = a.Value == 0.0 ? sum : a.Value;
        var y = a.Value == b.Value ? equal : sum;
        y = a.Value > b.Value ? a.Value : y;
        return new(b.Value > a.Value ? b.Value : y);
    }

    public static DoubleScalar Min(DoubleScalar a, DoubleScalar b) => -Max(-a, -b);

    public static DoubleScalar Abs(DoubleScalar a) => new(Math.Abs(a.Value));
    public static DoubleScalar Floor(DoubleScalar a) => new(Math.Floor(a.Value));
    public static DoubleScalar Sqrt(DoubleScalar a) => new(Math.Sqrt(a.Value));
    public static DoubleScalar Sin(DoubleScalar a) => Sine<DoubleScalar, double>.Sin(a);
    public static DoubleScalar Cos(DoubleScalar a) => Sine<DoubleScalar, double>.Cos(a);
    public static DoubleScalar Exp(DoubleScalar a) => Exponential<DoubleScalar, double>.Exp(a);
    public static DoubleScalar Log(DoubleScalar a) => Exponential<DoubleScalar, double>.Log(a);
    public static DoubleScalar Pow(DoubleScalar a, DoubleScalar b) => Power<DoubleScalar, double>.Of(a, b);

    public static DoubleScalar Greater(DoubleScalar a, DoubleScalar b) => new(a.Value > b.Value ? 1.0 : 0.0);
    public static DoubleScalar GreaterOrEqual(DoubleScalar a, DoubleScalar b) => new(a.Value >= b.Value ? 1.0 : 0.0);
    public static DoubleScalar Equal(DoubleScalar a, DoubleScalar b) => new(a.Value == b.Value ? 1.0 : 0.0);

    public static DoubleScalar Select(DoubleScalar condition, DoubleScalar a, DoubleScalar b) => new(condition.Value == 0.0 ? b.Value : a.Value);

    public static DoubleScalar SelectBeyond(DoubleScalar a, DoubleScalar b, DoubleScalar x, DoubleScalar y)
    {
        var none = b.Value >= double.NegativeInfinity ? x.Value : y.Value;
        var z = a.Value >= double.NegativeInfinity ? y.Value : none;
        return new(a.Value > b.Value ? x.Value : z);
    }

    public static DoubleScalar Clamp(DoubleScalar x, DoubleScalar low, DoubleScalar high)
    {
        var y = x.Value < low.Value ? low.Value : x.Value;
        return new(y > high.Value ? high.Value : y);
    }

    public static DoubleScalar CopySign(DoubleScalar a, DoubleScalar b) => FromBits((Bits(a) & ~Sign) | (Bits(b) & Sign));

    public static DoubleScalar Scale(DoubleScalar x, DoubleScalar k) => x * FromBits((ulong)((long)k.Value + 1023) << 52);

    public static DoubleScalar ScaleFar(DoubleScalar x, DoubleScalar k)
    {
        DoubleScalar half = Floor(k * 0.5);
        return Scale(Scale(x, half), k - half);
    }

    /// <summary>Denormal numbers are made normal first; the bits of √½ are the zero of the exponent's scale.</summary>
    public static (DoubleScalar Fraction, DoubleScalar Exponent) Split(DoubleScalar x)
    {
        var tiny = x.Value < 2.2250738585072014E-308 ? 1 : 0;
        var bits = (long)Bits(tiny == 1 ? x * 4503599627370496.0 : x);
        var exponent = (bits - 0x3FE6A09E667F3BCD) >> 52;
        return (FromBits((ulong)(bits - (exponent << 52))), new((double)(exponent - tiny * 52)));
    }

    /// <summary>Long division of the mantissas, a place a turn (as in musl's fmod): exact for quotients of any size.</summary>
    public static DoubleScalar Fmod(DoubleScalar a, DoubleScalar b)
    {
        ulong x = Bits(a) & ~Sign, y = Bits(b) & ~Sign;
        if (x >= Infinite || y > Infinite || y == 0) return FromBits(Infinite | 1);
        if (x < y) return a;
        int exponent = Normal(ref x), other = Normal(ref y);
        for (; exponent > other; exponent--)
        {
            if (x >= y) x -= y;
            x <<= 1;
        }
        if (x >= y) x -= y;
        if (x == 0) return FromBits(Bits(a) & Sign);
        while (x < Hidden)
        {
            x <<= 1;
            exponent--;
        }
        x = exponent > 0 ? (x - Hidden) | ((ulong)exponent << 52) : x >> (1 - exponent);
        return FromBits(x | (Bits(a) & Sign));
    }

    public static DoubleScalar Call<F>(DoubleScalar x) where F : struct, IUnaryFunction => F.Apply(x);
    public static DoubleScalar Call<F>(DoubleScalar x, DoubleScalar y) where F : struct, IBinaryFunction => F.Apply(x, y);
    public static DoubleScalar Call<F>(DoubleScalar x, DoubleScalar y, DoubleScalar z) where F : struct, ITernaryFunction => F.Apply(x, y, z);

    private const ulong Sign = 0x8000000000000000, Infinite = 0x7FF0000000000000, Hidden = 0x0010000000000000;

    /// <summary>The mantissa with its hidden place, and the exponent.</summary>
    private static int Normal(ref ulong bits)
    {
        var exponent = (int)(bits >> 52);
        if (exponent > 0)
        {
            bits = (bits & (Hidden - 1)) | Hidden;
            return exponent;
        }
        exponent = 1;
        while (bits < Hidden)
        {
            bits <<= 1;
            exponent--;
        }
        return exponent;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(DoubleScalar x) => Interop.FloatAsInt(x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleScalar FromBits(ulong bits) => new(Interop.IntAsFloat(bits));
}
