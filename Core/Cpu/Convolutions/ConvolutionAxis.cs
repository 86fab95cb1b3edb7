namespace AutoDiffAE.Cpu;

/// <summary>
/// One spatial axis of a convolution: output o meets input o·Stride + t·Dilation − Padding with tap t. The padding above follows from
/// the output's size.
/// </summary>
internal readonly record struct ConvolutionAxis(int Input, int Kernel, int Output, int Stride = 1, int Dilation = 1, int Padding = 0)
{
    /// <summary>The axis of the input's gradient, of unit stride.</summary>
    public ConvolutionAxis Exchange() => new(Output, Kernel, Input, 1, Dilation, Dilation * (Kernel - 1) - Padding);

    /// <summary>An axis that is not there.</summary>
    public static ConvolutionAxis Unit => new(1, 1, 1);
}
