using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>Which leg of ⟨dy, x ⋆ w⟩ is left open, and so is the result.</summary>
public enum Leg
{
    /// <summary>(x, w) → y: convolution.</summary>
    Output,

    /// <summary>(y, w) → x: transposed convolution, the gradient with respect to the input.</summary>
    Input,

    /// <summary>(x, y) → w: the gradient with respect to the kernel.</summary>
    Kernel,
}

/// <summary>How windows move along one spatial axis: step, spacing of the taps, and zeros before and after.</summary>
public readonly record struct WindowAxis(int Stride = 1, int Dilation = 1, int Low = 0, int High = 0)
{
    /// <summary>One step at a time, neighbouring taps, no padding. (The default value of the struct has stride 0, which is refused.)</summary>
    public static readonly WindowAxis Plain = new(1);

    /// <summary>The number of windows of <paramref name="kernel"/> taps on an axis, when negative paddings are excluded.</summary>
    public Dim Count(Dim input, Dim kernel) =>
        Dim.FloorDivide(input + Low + High - Dilation * (kernel - 1) - 1, Stride) + 1;

    public override string ToString() => $"stride {Stride} dilation {Dilation} padding {Low},{High}";
}

/// <summary>
/// The attributes of convolution over images (n, channels, space…) with kernels (out, in / groups, space…). With
/// <paramref name="Flip"/> the kernel is reversed in space: Theano's true convolution; without, PyTorch's cross-correlation.
/// </summary>
public sealed record ConvolutionForm(Sequence<WindowAxis> Windows, int Groups = 1, bool Flip = false)
{
    public int SpatialRank => Windows.Count;
}
