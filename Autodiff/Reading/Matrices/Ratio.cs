using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>A number as a fraction in lowest terms, so that 2 / 12 reads 1 / 6; what is not whole above or below stays as it is.</summary>
/// <param name="Over">The numerator, with the sign.</param>
/// <param name="Under">The denominator, positive.</param>
internal readonly record struct Ratio(double Over, double Under)
{
    private const double LargestExact = 1L << 53;
    private const int LongestDecimal = 8;

    public static readonly Ratio One = new(1, 1), Zero = new(0, 1);

    public double Value => Over / Under;

    /// <summary>A half, and what is only a long decimal, become the fraction that has exactly their value.</summary>
    public static Ratio Of(double value)
    {
        var (size, inverse) = (Math.Abs(value), Math.Round(1 / Math.Abs(value)));
        return size < 1 && inverse < 1e6 && 1 / inverse == size && (double.IsPow2(inverse) || Printer.Number(size).Length > LongestDecimal) ? new(Math.Sign(value), inverse) : new(value, 1);
    }

    public static Ratio operator *(Ratio a, Ratio b) => Lowest(a.Over * b.Over, a.Under * b.Under);

    public static Ratio operator +(Ratio a, Ratio b) => a.Under == b.Under ? Lowest(a.Over + b.Over, a.Under) : Lowest(a.Over * b.Under + b.Over * a.Under, a.Under * b.Under);

    public static Ratio operator -(Ratio a) => new(-a.Over, a.Under);

    /// <summary>A whole power, a negative one too.</summary>
    public Ratio ToThe(int power) => power >= 0
        ? Lowest(Math.Pow(Over, power), Math.Pow(Under, power))
        : Lowest(Math.CopySign(Math.Pow(Under, -power), Math.Pow(Over, -power)), Math.Abs(Math.Pow(Over, -power)));

    private static Ratio Lowest(double over, double under)
    {
        if (!IsWhole(over) || !IsWhole(under)) return Of(over / under);
        var (a, b) = ((long)Math.Abs(over), (long)under);
        while (b != 0) (a, b) = (b, a % b);
        return a <= 1 ? new(over, under) : new(over / a, under / a);
    }

    private static bool IsWhole(double x) => Math.Abs(x) < LargestExact && Math.Floor(x) == x;
}
