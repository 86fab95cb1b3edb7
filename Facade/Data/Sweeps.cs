using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiffAE.Data;

/// <summary>
/// Passes over many single numbers, taken as double ones, four lanes at a time on every machine. A data set is swept once or twice, at
/// the start of a process: TensorPrimitives would do that at the lowest tier of compilation, and take several times as long.
/// </summary>
internal static class Sweeps
{
    private const int Lanes = 8;

    /// <summary>Bytes as numbers.</summary>
    /// <param name="values">As long as the bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        var whole = values.Length - values.Length % Lanes;
        for (var i = 0; i < whole; i += Lanes)
        {
            var wide = Vector128.WidenLower(Vector128.CreateScalar(MemoryMarshal.Read<ulong>(bytes[i..])).AsByte());
            Vector128.ConvertToSingle(Vector128.WidenLower(wide).AsInt32()).CopyTo(values[i..]);
            Vector128.ConvertToSingle(Vector128.WidenUpper(wide).AsInt32()).CopyTo(values[(i + 4)..]);
        }
        for (var i = whole; i < values.Length; i++) values[i] = bytes[i];
    }

    /// <summary>x · scale + offset in place of x, rounded to single precision last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(Span<float> values, double scale, double offset)
    {
        var (factor, term) = (Vector256.Create(scale), Vector256.Create(offset));
        var whole = values.Length - values.Length % Lanes;
        for (var i = 0; i < whole; i += Lanes)
        {
            var x = Vector256.Create<float>(values[i..]);
            Vector256.Narrow(Vector256.WidenLower(x) * factor + term, Vector256.WidenUpper(x) * factor + term).CopyTo(values[i..]);
        }
        for (var i = whole; i < values.Length; i++) values[i] = (float)(values[i] * scale + offset);
    }

    /// <summary>Adds each number to its sum.</summary>
    /// <param name="sums">At least as long as the numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> values, Span<double> sums)
    {
        var whole = values.Length - values.Length % Lanes;
        for (var i = 0; i < whole; i += Lanes)
        {
            var x = Vector256.Create(values[i..]);
            (Vector256.Create<double>(sums[i..]) + Vector256.WidenLower(x)).CopyTo(sums[i..]);
            (Vector256.Create<double>(sums[(i + 4)..]) + Vector256.WidenUpper(x)).CopyTo(sums[(i + 4)..]);
        }
        for (var i = whole; i < values.Length; i++) sums[i] += values[i];
    }

    /// <summary>Σ (x - mean)², each number with its own mean.</summary>
    /// <param name="means">At least as long as the numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredDeviation(ReadOnlySpan<float> values, ReadOnlySpan<double> means)
    {
        var (lower, upper) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var whole = values.Length - values.Length % Lanes;
        for (var i = 0; i < whole; i += Lanes)
        {
            var x = Vector256.Create(values[i..]);
            var (low, high) = (Vector256.WidenLower(x) - Vector256.Create(means[i..]), Vector256.WidenUpper(x) - Vector256.Create(means[(i + 4)..]));
            lower += low * low;
            upper += high * high;
        }
        var sum = Vector256.Sum(lower + upper);
        for (var i = whole; i < values.Length; i++) sum += (values[i] - means[i]) * (values[i] - means[i]);
        return sum;
    }
}
