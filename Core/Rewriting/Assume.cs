namespace AutoDiffAE.Rewriting;

/// <summary>
/// What laws of the reals need to be laws of floating-point numbers. Where the left side is finite, the right side is the same number within the
/// error of rounding either; a right side may be finite where the left is not.
/// </summary>
internal static class Assume
{
    public const string Nothing = "exact for every value, NaN and infinities included";
    public const string UnsignedZero = "exact but for the sign of a zero";
    public const string Finite = "where the value is finite";
    public const string Rounding = "within rounding";
    public const string NoOverflow = "within rounding, where nothing on the left overflows or underflows";
}
