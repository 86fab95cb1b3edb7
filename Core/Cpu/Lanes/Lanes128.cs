using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Cpu;

/// <summary>128 bits of numbers side by side.</summary>
public readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Vector128<T> Value = value;

    public static int Count => Vector128<T>.Count;

    public static bool IsSingle => typeof(T) == typeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes128<T> Load(T* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(T* target) => Value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Splat(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> a) => Vector128.Sum(a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectBeyond(Lanes128<T> a, Lanes128<T> b, Lanes128<T> x, Lanes128<T> y) =>
        new(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(a.Value, b.Value) | ~Vector128.Equals(b.Value, b.Value), y.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Scale(Lanes128<T> x, Lanes128<T> k) => typeof(T) == typeof(float)
        ? new(x.Value * ((Vector128.ConvertToInt32(k.Value.AsSingle()) + Vector128.Create(127)) << 23).As<int, T>())
        : new(x.Value * ((Vector128.ConvertToInt64(k.Value.AsDouble()) + Vector128.Create(1023L)) << 52).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ScaleFar(Lanes128<T> x, Lanes128<T> k)
    {
        if (Avx512F.VL.IsSupported)
            return typeof(T) == typeof(float) ? new(Avx512F.VL.Scale(x.Value.AsSingle(), k.Value.AsSingle()).As<float, T>()) : new(Avx512F.VL.Scale(x.Value.AsDouble(), k.Value.AsDouble()).As<double, T>());
        var half = Floor(k * 0.5);
        return Scale(Scale(x, half), k - half);
    }

    /// <summary>Of a number and what is none, x86 takes the second; Arm takes what is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Clamp(Lanes128<T> x, Lanes128<T> low, Lanes128<T> high) => new(Vector128.MaxNative(low.Value, Vector128.MinNative(high.Value, x.Value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes128<T> Fraction, Lanes128<T> Exponent) Split(Lanes128<T> x) => typeof(T) == typeof(float) ? SplitSingle(x) : SplitDouble(x);

    /// <summary>Denormal numbers are made normal first; the bits of √½ are the zero of the exponent's scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes128<T>, Lanes128<T>) SplitSingle(Lanes128<T> x)
    {
        var tiny = Vector128.LessThan(x.Value.AsSingle(), Vector128.Create(1.17549435E-38f));
        var bits = Vector128.ConditionalSelect(tiny, x.Value.AsSingle() * 8388608f, x.Value.AsSingle()).AsInt32();
        var exponent = (bits - Vector128.Create(0x3F3504F3)) >> 23;
        var fraction = (bits - (exponent << 23)).As<int, T>();
        return (new(fraction), new((Vector128.ConvertToSingle(exponent) - (tiny & Vector128.Create(23f))).As<float, T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes128<T>, Lanes128<T>) SplitDouble(Lanes128<T> x)
    {
        var tiny = Vector128.LessThan(x.Value.AsDouble(), Vector128.Create(2.2250738585072014E-308));
        var bits = Vector128.ConditionalSelect(tiny, x.Value.AsDouble() * 4503599627370496.0, x.Value.AsDouble()).AsInt64();
        var exponent = (bits - Vector128.Create(0x3FE6A09E667F3BCD)) >> 52;
        var fraction = (bits - (exponent << 52)).As<long, T>();
        return (new(fraction), new((Vector128.ConvertToDouble(exponent) - (tiny & Vector128.Create(52.0))).As<double, T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes128<T>(double value) => new(Vector128.Create(T.CreateTruncating(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a) => new(-a.Value);

    public static Lanes128<T> Fmod(Lanes128<T> a, Lanes128<T> b) => Division<Lanes128<T>, T>.Fmod(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> CopySign(Lanes128<T> a, Lanes128<T> b) => new(Vector128.CopySign(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Max(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Min(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> a) => new(Vector128.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> a) => new(Vector128.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Floor(a.Value.AsSingle()).As<float, T>())
        : new(Vector128.Floor(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Exp(Lanes128<T> a) => Exponential<Lanes128<T>, T>.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Log(Lanes128<T> a) => Exponential<Lanes128<T>, T>.Log(a);

    public static Lanes128<T> Pow(Lanes128<T> a, Lanes128<T> b) => Power<Lanes128<T>, T>.Of(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sin(Lanes128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Sin(a.Value.AsSingle()).As<float, T>())
        : new(Vector128.Sin(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Cos(Lanes128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Cos(a.Value.AsSingle()).As<float, T>())
        : new(Vector128.Cos(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Greater(Lanes128<T> a, Lanes128<T> b) => new(Vector128.GreaterThan(a.Value, b.Value) & Vector128<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> GreaterOrEqual(Lanes128<T> a, Lanes128<T> b) => new(Vector128.GreaterThanOrEqual(a.Value, b.Value) & Vector128<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Equal(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Equals(a.Value, b.Value) & Vector128<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> condition, Lanes128<T> a, Lanes128<T> b) => new(Vector128.ConditionalSelect(Vector128.Equals(condition.Value, Vector128<T>.Zero), b.Value, a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Call<F>(Lanes128<T> x) where F : struct, IUnaryFunction => F.Apply(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Call<F>(Lanes128<T> x, Lanes128<T> y) where F : struct, IBinaryFunction => F.Apply(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Call<F>(Lanes128<T> x, Lanes128<T> y, Lanes128<T> z) where F : struct, ITernaryFunction => F.Apply(x, y, z);
}
