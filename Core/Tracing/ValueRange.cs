using System.Numerics;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Tracing;

/// <summary>Which numbers a value has.</summary>
/// <param name="Shape">Its sizes, as numbers.</param>
/// <param name="Least">The least of the finite ones; NaN where there is none.</param>
/// <param name="Greatest">The greatest of them.</param>
/// <param name="First">The place, in row-major order, of the first that is not finite; -1 where all are.</param>
/// <param name="Kind">What the first is.</param>
public sealed record ValueRange(Shape Shape, double Least, double Greatest, int NaNs, int PositiveInfinities, int NegativeInfinities, int First, NonFiniteKind Kind)
{
    public int NonFinite => NaNs + PositiveInfinities + NegativeInfinities;

    public bool IsFinite => NonFinite == 0;

    /// <summary>The number of elements.</summary>
    public long Length => Shape.Size.Value ?? 0;

    internal static ValueRange Of<T>(ReadOnlySpan<T> values, IEnumerable<int> sizes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (least, greatest, first, kind) = (T.PositiveInfinity, T.NegativeInfinity, -1, NonFiniteKind.NaN);
        Span<int> counts = stackalloc int[3];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (T.IsFinite(value))
            {
                (least, greatest) = (T.Min(least, value), T.Max(greatest, value));
                continue;
            }
            counts[(int)KindOf(value)]++;
            if (first < 0) (first, kind) = (i, KindOf(value));
        }
        var none = least > greatest;
        return new(Shape.Of(sizes), none ? double.NaN : double.CreateChecked(least), none ? double.NaN : double.CreateChecked(greatest),
            counts[(int)NonFiniteKind.NaN], counts[(int)NonFiniteKind.PositiveInfinity], counts[(int)NonFiniteKind.NegativeInfinity], first, kind);
    }

    internal static NonFiniteKind KindOf<T>(T value) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.IsNaN(value) ? NonFiniteKind.NaN : T.IsPositive(value) ? NonFiniteKind.PositiveInfinity : NonFiniteKind.NegativeInfinity;
}
