namespace AutoDiffAE.Layers;

/// <summary>What a convolution does at the border, for an input of length m and a filter of length k with stride 1.</summary>
public enum Border
{
    /// <summary>Whole windows only: m - k + 1 values.</summary>
    Valid,

    /// <summary>Zeros around, as many values as before: m. The filter's lengths have to be odd.</summary>
    Same,

    /// <summary>Every window that meets the input: m + k - 1 values.</summary>
    Full,
}
