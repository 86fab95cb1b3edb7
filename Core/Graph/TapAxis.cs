using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

/// <summary>How windows of <paramref name="Taps"/> elements lie along one axis: window o reads the positions o·stride + k·dilation.</summary>
public readonly record struct TapAxis(int Taps, int Stride = 1, int Dilation = 1)
{
    /// <summary>How many positions a window spans.</summary>
    public int Span => checked(Dilation * (Taps - 1) + 1);

    /// <summary>⌊(length − span) / stride⌋ + 1 windows lie on an axis.</summary>
    public Dim Count(Dim length) => Dim.FloorDivide(length - Span, Stride) + 1;

    /// <summary>Whether windows follow each other without overlap or gap.</summary>
    public bool Tiles => Stride == Taps && Dilation == 1;

    public override string ToString() => $"{Taps} taps, stride {Stride}, dilation {Dilation}";
}
