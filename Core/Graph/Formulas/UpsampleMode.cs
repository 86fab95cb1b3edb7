namespace AutoDiffAE.Graph;

/// <summary>How values between those of an image are found.</summary>
public enum UpsampleMode
{
    /// <summary>The value before: position i of o reads ⌊i·n/o⌋.</summary>
    Nearest,

    /// <summary>On a straight line between the two neighbours, along each axis.</summary>
    Linear,
}
