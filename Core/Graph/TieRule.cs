namespace AutoDiffAE.Graph;

/// <summary>How the derivative of a maximum is shared among several elements that attain it.</summary>
public enum TieRule
{
    /// <summary>1/k on each of the k elements that equal the maximum.</summary>
    Share,

    /// <summary>1 on the first of them in row-major order, 0 on the others.</summary>
    First,

    /// <summary>1 on every one of them.</summary>
    Each,
}
