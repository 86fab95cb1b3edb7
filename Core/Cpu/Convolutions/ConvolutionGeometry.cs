using AutoDiffAE.Graph;

namespace AutoDiffAE.Cpu;

/// <summary>
/// The sizes of the trilinear form ⟨dy, x ⋆ w⟩ with x (Batch, InChannels, D, H, W), w (OutChannels, InChannels/Groups, D, H, W) and
/// y (Batch, OutChannels, D, H, W), all row-major without gaps. With Flip the kernel is reversed in space (a true convolution), without
/// it the form is a cross-correlation. Fewer than three spatial axes are completed by <see cref="ConvolutionAxis.Unit"/>.
/// </summary>
internal readonly record struct ConvolutionGeometry(
    int Batch, int InChannels, int OutChannels, int Groups,
    ConvolutionAxis Depth, ConvolutionAxis Height, ConvolutionAxis Width, bool Flip)
{
    /// <param name="form">Strides, dilations, paddings, groups and direction.</param>
    /// <param name="x">The sizes of the image; then those of the kernel and of the output.</param>
    public static ConvolutionGeometry Of(ConvolutionForm form, int[] x, int[] w, int[] y)
    {
        ConvolutionAxis Axis(int fromLast)
        {
            var at = x.Length - 1 - fromLast;
            if (at < 2) return ConvolutionAxis.Unit;
            var window = form.Windows[at - 2];
            return new ConvolutionAxis(x[at], w[at], y[at], window.Stride, window.Dilation, window.Low);
        }
        return new(x[0], x[1], w[0], form.Groups, Axis(2), Axis(1), Axis(0), form.Flip);
    }

    public int InGroup => InChannels / Groups;

    public int OutGroup => OutChannels / Groups;

    public int Taps => Depth.Kernel * Height.Kernel * Width.Kernel;

    public nint InputVolume => (nint)Depth.Input * Height.Input * Width.Input;

    public nint OutputVolume => (nint)Depth.Output * Height.Output * Width.Output;

    public nint InputSize => Batch * InChannels * InputVolume;

    public nint OutputSize => Batch * OutChannels * OutputVolume;

    public nint KernelSize => (nint)OutChannels * InGroup * Taps;

    /// <summary>Multiplications and additions of any leg, by which the work is cut.</summary>
    public double Work => 2.0 * OutputSize * InGroup * Taps;

    /// <summary>Where in a kernel plane the weight of a spatial tap stands.</summary>
    public int Weight(int d, int h, int w) => Flip
        ? ((Depth.Kernel - 1 - d) * Height.Kernel + Height.Kernel - 1 - h) * Width.Kernel + Width.Kernel - 1 - w
        : (d * Height.Kernel + h) * Width.Kernel + w;

    /// <summary>With unit strides the input's gradient is a convolution too, of dy with the kernel reversed and its channels exchanged.</summary>
    public ConvolutionGeometry? Exchange() => Depth.Stride == 1 && Height.Stride == 1 && Width.Stride == 1
        ? new(Batch, OutChannels, InChannels, Groups, Depth.Exchange(), Height.Exchange(), Width.Exchange(), !Flip)
        : null;

    public bool IsEmpty => InputSize == 0 || OutputSize == 0 || KernelSize == 0;
}
