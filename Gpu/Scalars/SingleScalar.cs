using System.Runtime.CompilerServices;
using AutoDiffAE.Cpu;
using AutoDiffAE.Scalars;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// A float32 of a device as a carrier of formulas. eˣ, ln x and aᵇ are the CPU's own formulas, so that their accuracy does not depend on a driver, and sine
/// and cosine are formulas too. Comparisons are written as choices on an ordered comparison: ILGPU takes the wrong branch of others for NaN, and makes
/// raw bits of a truth value that is used as a number.
/// </summary>
public readonly struct SingleScalar(float value) : IScalar<SingleScalar, float>
{
    public readonly float Value = value;

    public static int Count => 1;

    public static bool IsSingle => true;

    public static unsafe SingleScalar Load(float* source) => new(*source);

    public unsafe void Store(float* target) => *target = Value;

    public static SingleScalar Splat(float value) => new(value);

    public static float Sum(SingleScalar a) => a.Value;

    public static SingleScalar FromInteger(int value) => new(value);

    public static int ToInteger(SingleScalar a) => (int)a.Value;

    public static implicit operator SingleScalar(double value) => new((float)value);

    public static SingleScalar operator +(SingleScalar a, SingleScalar b) => new(a.Value + b.Value);
    public static SingleScalar operator -(SingleScalar a, SingleScalar b) => new(a.Value - b.Value);
    public static SingleScalar operator *(SingleScalar a, SingleScalar b) => new(a.Value * b.Value);
    public static SingleScalar operator /(SingleScalar a, SingleScalar b) => new(a.Value / b.Value);
    public static SingleScalar operator -(SingleScalar a) => new(-a.Value);

    public static SingleScalar MultiplyAdd(SingleScalar a, SingleScalar b, SingleScalar c) => new(FusedMultiplyAdd.Of(a.Value, b.Value, c.Value));

    /// <summary>The larger; of zeros the positive one, and NaN where either is. Chosen step by step: of nested choices branches are made.</summary>
    public static SingleScalar Max(SingleScalar a, SingleScalar b)
    {
        var sum = a.Value + b.Value;
        var equal = a.Value == 0f ? sum : a.Value;
        var y = a.Value == b.Value ? equal : sum;
        y = a.Value > b.Value ? a.Value : y;
        return new(b.Value > a.Value ? b.Value : y);
    }

    public static SingleScalar Min(SingleScalar a, SingleScalar b) => -Max(-a, -b);

    public static SingleScalar Abs(SingleScalar a) => new(MathF.Abs(a.Value));
    public static SingleScalar Floor(SingleScalar a) => new(MathF.Floor(a.Value));
    public static SingleScalar Sqrt(SingleScalar a) => new(MathF.Sqrt(a.Value));
    public static SingleScalar Sin(SingleScalar a) => Sine<SingleScalar, float>.Sin(a);
    public static SingleScalar Cos(SingleScalar a) => Sine<SingleScalar, float>.Cos(a);
    public static SingleScalar Exp(SingleScalar a) => Exponential<SingleScalar, float>.Exp(a);
    public static SingleScalar Log(SingleScalar a) => Exponential<SingleScalar, float>.Log(a);
    public static SingleScalar Pow(SingleScalar a, SingleScalar b) => Power<SingleScalar, float>.Of(a, b);

    public static SingleScalar Greater(SingleScalar a, SingleScalar b) => new(a.Value > b.Value ? 1f : 0f);
    public static SingleScalar GreaterOrEqual(SingleScalar a, SingleScalar b) => new(a.Value >= b.Value ? 1f : 0f);
    public static SingleScalar Equal(SingleScalar a, SingleScalar b) => new(a.Value == b.Value ? 1f : 0f);

    public static SingleScalar Select(SingleScalar condition, SingleScalar a, SingleScalar b) => new(condition.Value == 0f ? b.Value : a.Value);

    public static SingleScalar SelectBeyond(SingleScalar a, SingleScalar b, SingleScalar x, SingleScalar y)
    {
        var none = b.Value >= float.NegativeInfinity ? x.Value : y.Value;
        var z = a.Value >= float.NegativeInfinity ? y.Value : none;
        return new(a.Value > b.Value ? x.Value : z);
    }

    public static SingleScalar Clamp(SingleScalar x, SingleScalar low, SingleScalar high)
    {
        var y = x.Value < low.Value ? low.Value : x.Value;
        return new(y > high.Value ? high.Value : y);
    }

    public static SingleScalar CopySign(SingleScalar a, SingleScalar b) => FromBits((Bits(a) & ~Sign) | (Bits(b) & Sign));

    public static SingleScalar Scale(SingleScalar x, SingleScalar k) => x * FromBits((uint)((int)k.Value + 127) << 23);

    public static SingleScalar ScaleFar(SingleScalar x, SingleScalar k)
    {
        SingleScalar half = Floor(k * 0.5);
        return Scale(Scale(x, half), k - half);
    }

    /// <summary>Denormal numbers are made normal first; the bits of √½ are the zero of the exponent's scale.</summary>
    public static (SingleScalar Fraction, SingleScalar Exponent) Split(SingleScalar x)
    {
        var tiny = x.Value < 1.17549435E-38f ? 1 : 0;
        var bits = (int)Bits(tiny == 1 ? x * 8388608.0 : x);
        var exponent = (bits - 0x3F3504F3) >> 23;
        return (FromBits((uint)(bits - (exponent << 23))), new((float)(exponent - tiny * 23)));
    }

    /// <summary>Long division of the mantissas, a place a turn (as in musl's fmod): exact for quotients of any size.</summary>
    public static SingleScalar Fmod(SingleScalar a, SingleScalar b)
    {
        uint x = Bits(a) & ~Sign, y = Bits(b) & ~Sign;
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
        x = exponent > 0 ? (x - Hidden) | ((uint)exponent << 23) : x >> (1 - exponent);
        return FromBits(x | (Bits(a) & Sign));
    }

    public static SingleScalar Call<F>(SingleScalar x) where F : struct, IUnaryFunction => F.Apply(x);
    public static SingleScalar Call<F>(SingleScalar x, SingleScalar y) where F : struct, IBinaryFunction => F.Apply(x, y);
    public static SingleScalar Call<F>(SingleScalar x, SingleScalar y, SingleScalar z) where F : struct, ITernaryFunction => F.Apply(x, y, z);

    private const uint Sign = 0x80000000, Infinite = 0x7F800000, Hidden = 0x00800000;

    /// <summary>The mantissa with its hidden place, and the exponent.</summary>
    private static int Normal(ref uint bits)
    {
        var exponent = (int)(bits >> 23);
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
    private static uint Bits(SingleScalar x) => Interop.FloatAsInt(x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SingleScalar FromBits(uint bits) => new(Interop.IntAsFloat(bits));
}
