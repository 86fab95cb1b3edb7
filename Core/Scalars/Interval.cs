namespace AutoDiffAE.Scalars;

/// <summary>An interval of the reals; its bounds are approached, not reached.</summary>
public readonly record struct Interval(double Low, double High)
{
    public static readonly Interval Real = new(double.NegativeInfinity, double.PositiveInfinity);
    public static readonly Interval Positive = new(0, double.PositiveInfinity);

    public bool Contains(double x) => Low < x && x < High;
}
