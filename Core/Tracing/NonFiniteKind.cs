namespace AutoDiffAE.Tracing;

/// <summary>What a number is that is not finite.</summary>
public enum NonFiniteKind
{
    NaN,
    PositiveInfinity,
    NegativeInfinity,
}
