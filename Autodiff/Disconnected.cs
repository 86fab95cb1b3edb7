namespace AutoDiffAE;

/// <summary>What the derivative is where there is no path from the one expression to the other.</summary>
public enum Disconnected
{
    /// <summary>An error: most often another variable was meant.</summary>
    Raise,

    /// <summary>Zeros of the right shape.</summary>
    Zero,
}
