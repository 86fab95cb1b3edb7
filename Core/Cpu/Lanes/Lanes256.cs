using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Cpu;

/// <summary>256 bits of numbers side by side.</summary>
public readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Vector256<T> Value = value;

    public static int Count => Vector256<T>.Count;

    public static bool IsSingle => typeof(T) == typeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes256<T> Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(T* target) => Value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Splat(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> a) => Vector256.Sum(a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SelectBeyond(Lanes256<T> a, Lanes256<T> b, Lanes256<T> x, Lanes256<T> y) =>
        new(Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a.Value, b.Value) | ~Vector256.Equals(b.Value, b.Value), y.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Scale(Lanes256<T> x, Lanes256<T> k) => typeof(T) == typeof(float)
        ? new(x.Value * ((Vector256.ConvertToInt32(k.Value.AsSingle()) + Vector256.Create(127)) << 23).As<int, T>())
        : new(x.Value * ((Vector256.ConvertToInt64(k.Value.AsDouble()) + Vector256.Create(1023L)) << 52).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ScaleFar(Lanes256<T> x, Lanes256<T> k)
    {
        if (Avx512F.VL.IsSupported)
            return typeof(T) == typeof(float) ? new(Avx512F.VL.Scale(x.Value.AsSingle(), k.Value.AsSingle()).As<float, T>()) : new(Avx512F.VL.Scale(x.Value.AsDouble(), k.Value.AsDouble()).As<double, T>());
        var half = Floor(k * 0.5);
        return Scale(Scale(x, half), k - half);
    }

    /// <summary>Of a number and what is none, x86 takes the second; Arm takes what is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Clamp(Lanes256<T> x, Lanes256<T> low, Lanes256<T> high) => new(Vector256.MaxNative(low.Value, Vector256.MinNative(high.Value, x.Value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes256<T> Fraction, Lanes256<T> Exponent) Split(Lanes256<T> x) => typeof(T) == typeof(float) ? SplitSingle(x) : SplitDouble(x);

    /// <summary>Denormal numbers are made normal first; the bits of √½ are the zero of the exponent's scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes256<T>, Lanes256<T>) SplitSingle(Lanes256<T> x)
    {
        var tiny = Vector256.LessThan(x.Value.AsSingle(), Vector256.Create(1.17549435E-38f));
        var bits = Vector256.ConditionalSelect(tiny, x.Value.AsSingle() * 8388608f, x.Value.AsSingle()).AsInt32();
        var exponent = (bits - Vector256.Create(0x3F3504F3)) >> 23;
        var fraction = (bits - (exponent << 23)).As<int, T>();
        return (new(fraction), new((Vector256.ConvertToSingle(exponent) - (tiny & Vector256.Create(23f))).As<float, T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes256<T>, Lanes256<T>) SplitDouble(Lanes256<T> x)
    {
        var tiny = Vector256.LessThan(x.Value.AsDouble(), Vector256.Create(2.2250738585072014E-308));
        var bits = Vector256.ConditionalSelect(tiny, x.Value.AsDouble() * 4503599627370496.0, x.Value.AsDouble()).AsInt64();
        var exponent = (bits - Vector256.Create(0x3FE6A09E667F3BCD)) >> 52;
        var fraction = (bits - (exponent << 52)).As<long, T>();
        return (new(fraction), new((Vector256.ConvertToDouble(exponent) - (tiny & Vector256.Create(52.0))).As<double, T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes256<T>(double value) => new(Vector256.Create(T.CreateTruncating(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a) => new(-a.Value);

    public static Lanes256<T> Fmod(Lanes256<T> a, Lanes256<T> b) => Division<Lanes256<T>, T>.Fmod(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> CopySign(Lanes256<T> a, Lanes256<T> b) => new(Vector256.CopySign(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Max(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Min(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> a) => new(Vector256.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> a) => new(Vector256.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Floor(a.Value.AsSingle()).As<float, T>())
        : new(Vector256.Floor(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Exp(Lanes256<T> a) => Exponential<Lanes256<T>, T>.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Log(Lanes256<T> a) => Exponential<Lanes256<T>, T>.Log(a);

    public static Lanes256<T> Pow(Lanes256<T> a, Lanes256<T> b) => Power<Lanes256<T>, T>.Of(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sin(Lanes256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Sin(a.Value.AsSingle()).As<float, T>())
        : new(Vector256.Sin(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Cos(Lanes256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Cos(a.Value.AsSingle()).As<float, T>())
        : new(Vector256.Cos(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Greater(Lanes256<T> a, Lanes256<T> b) => new(Vector256.GreaterThan(a.Value, b.Value) & Vector256<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> GreaterOrEqual(Lanes256<T> a, Lanes256<T> b) => new(Vector256.GreaterThanOrEqual(a.Value, b.Value) & Vector256<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Equal(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Equals(a.Value, b.Value) & Vector256<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> condition, Lanes256<T> a, Lanes256<T> b) => new(Vector256.ConditionalSelect(Vector256.Equals(condition.Value, Vector256<T>.Zero), b.Value, a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Call<F>(Lanes256<T> x) where F : struct, IUnaryFunction => F.Apply(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Call<F>(Lanes256<T> x, Lanes256<T> y) where F : struct, IBinaryFunction => F.Apply(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Call<F>(Lanes256<T> x, Lanes256<T> y, Lanes256<T> z) where F : struct, ITernaryFunction => F.Apply(x, y, z);
}
