namespace AutoDiffAE.Cpu;

/// <summary>Windows of Height by Width that follow each other without overlap, of which a maximum is taken. 1 by 1 is none.</summary>
internal readonly record struct ConvolutionPool(int Height, int Width)
{
    public static ConvolutionPool None => new(1, 1);

    public bool IsNone => Height == 1 && Width == 1;

    /// <summary>Whether a group of four rows is a window.</summary>
    public bool IsGroup => Height == 2 && Width == 2;

    public int Taps => Height * Width;
}
