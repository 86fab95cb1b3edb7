namespace AutoDiffAE.Graph;

/// <summary>What stands beyond the ends of an axis a b c d.</summary>
public enum PadMode
{
    /// <summary>v v | a b c d | v v</summary>
    Constant,

    /// <summary>c b | a b c d | c b</summary>
    Reflect,

    /// <summary>a a | a b c d | d d: numpy's edge</summary>
    Replicate,

    /// <summary>c d | a b c d | a b: numpy's wrap</summary>
    Circular,

    /// <summary>b a | a b c d | d c</summary>
    Symmetric,
}
