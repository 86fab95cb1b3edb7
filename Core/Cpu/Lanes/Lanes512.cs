using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Cpu;

/// <summary>512 bits of numbers side by side.</summary>
public readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Vector512<T> Value = value;

    public static int Count => Vector512<T>.Count;

    public static bool IsSingle => typeof(T) == typeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes512<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(T* target) => Value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Splat(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> a) => Vector512.Sum(a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectBeyond(Lanes512<T> a, Lanes512<T> b, Lanes512<T> x, Lanes512<T> y) =>
        new(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(a.Value, b.Value) | ~Vector512.Equals(b.Value, b.Value), y.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Scale(Lanes512<T> x, Lanes512<T> k) => typeof(T) == typeof(float)
        ? new(x.Value * ((Vector512.ConvertToInt32(k.Value.AsSingle()) + Vector512.Create(127)) << 23).As<int, T>())
        : new(x.Value * ((Vector512.ConvertToInt64(k.Value.AsDouble()) + Vector512.Create(1023L)) << 52).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ScaleFar(Lanes512<T> x, Lanes512<T> k)
    {
        if (Avx512F.IsSupported)
            return typeof(T) == typeof(float) ? new(Avx512F.Scale(x.Value.AsSingle(), k.Value.AsSingle()).As<float, T>()) : new(Avx512F.Scale(x.Value.AsDouble(), k.Value.AsDouble()).As<double, T>());
        var half = Floor(k * 0.5);
        return Scale(Scale(x, half), k - half);
    }

    /// <summary>Of a number and what is none, x86 takes the second; Arm takes what is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Clamp(Lanes512<T> x, Lanes512<T> low, Lanes512<T> high) => new(Vector512.MaxNative(low.Value, Vector512.MinNative(high.Value, x.Value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512<T> Fraction, Lanes512<T> Exponent) Split(Lanes512<T> x) => typeof(T) == typeof(float) ? SplitSingle(x) : SplitDouble(x);

    /// <summary>Denormal numbers are made normal first; the bits of √½ are the zero of the exponent's scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes512<T>, Lanes512<T>) SplitSingle(Lanes512<T> x)
    {
        var tiny = Vector512.LessThan(x.Value.AsSingle(), Vector512.Create(1.17549435E-38f));
        var bits = Vector512.ConditionalSelect(tiny, x.Value.AsSingle() * 8388608f, x.Value.AsSingle()).AsInt32();
        var exponent = (bits - Vector512.Create(0x3F3504F3)) >> 23;
        var fraction = (bits - (exponent << 23)).As<int, T>();
        return (new(fraction), new((Vector512.ConvertToSingle(exponent) - (tiny & Vector512.Create(23f))).As<float, T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes512<T>, Lanes512<T>) SplitDouble(Lanes512<T> x)
    {
        var tiny = Vector512.LessThan(x.Value.AsDouble(), Vector512.Create(2.2250738585072014E-308));
        var bits = Vector512.ConditionalSelect(tiny, x.Value.AsDouble() * 4503599627370496.0, x.Value.AsDouble()).AsInt64();
        var exponent = (bits - Vector512.Create(0x3FE6A09E667F3BCD)) >> 52;
        var fraction = (bits - (exponent << 52)).As<long, T>();
        return (new(fraction), new((Vector512.ConvertToDouble(exponent) - (tiny & Vector512.Create(52.0))).As<double, T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes512<T>(double value) => new(Vector512.Create(T.CreateTruncating(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a) => new(-a.Value);

    public static Lanes512<T> Fmod(Lanes512<T> a, Lanes512<T> b) => Division<Lanes512<T>, T>.Fmod(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CopySign(Lanes512<T> a, Lanes512<T> b) => new(Vector512.CopySign(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Max(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Min(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> a) => new(Vector512.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> a) => new(Vector512.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Floor(a.Value.AsSingle()).As<float, T>())
        : new(Vector512.Floor(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Exp(Lanes512<T> a) => Exponential<Lanes512<T>, T>.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Log(Lanes512<T> a) => Exponential<Lanes512<T>, T>.Log(a);

    public static Lanes512<T> Pow(Lanes512<T> a, Lanes512<T> b) => Power<Lanes512<T>, T>.Of(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sin(Lanes512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Sin(a.Value.AsSingle()).As<float, T>())
        : new(Vector512.Sin(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Cos(Lanes512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Cos(a.Value.AsSingle()).As<float, T>())
        : new(Vector512.Cos(a.Value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Greater(Lanes512<T> a, Lanes512<T> b) => new(Vector512.GreaterThan(a.Value, b.Value) & Vector512<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> GreaterOrEqual(Lanes512<T> a, Lanes512<T> b) => new(Vector512.GreaterThanOrEqual(a.Value, b.Value) & Vector512<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Equal(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Equals(a.Value, b.Value) & Vector512<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> condition, Lanes512<T> a, Lanes512<T> b) => new(Vector512.ConditionalSelect(Vector512.Equals(condition.Value, Vector512<T>.Zero), b.Value, a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Call<F>(Lanes512<T> x) where F : struct, IUnaryFunction => F.Apply(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Call<F>(Lanes512<T> x, Lanes512<T> y) where F : struct, IBinaryFunction => F.Apply(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Call<F>(Lanes512<T> x, Lanes512<T> y, Lanes512<T> z) where F : struct, ITernaryFunction => F.Apply(x, y, z);
}
