namespace AutoDiffAE.Checking;

/// <summary>A derivative with a bound of its error.</summary>
public readonly record struct Estimate(double Value, double Error)
{
    public override string ToString() => FormattableString.Invariant($"{Value:R} ± {Error:R}");
}
