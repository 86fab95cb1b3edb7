namespace AutoDiffAE.Layers;

/// <summary>What stands between the values of an image that is made larger.</summary>
public enum UpscaleMode
{
    /// <summary>The value before, again: unpooling.</summary>
    Repeat,

    /// <summary>Zeros.</summary>
    Dilate,

    /// <summary>What lies on straight lines between the neighbours, along each axis: linear, bilinear, trilinear.</summary>
    Linear,
}
