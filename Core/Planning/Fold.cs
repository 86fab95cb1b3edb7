namespace AutoDiffAE.Planning;

/// <summary>What becomes of a body's result.</summary>
public enum Fold
{
    /// <summary>It is written for each element.</summary>
    None,

    Sum,

    /// <summary>NaN where any is NaN.</summary>
    Maximum,
}
