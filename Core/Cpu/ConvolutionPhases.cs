namespace AutoDiffAE.Cpu;

/// <summary>
/// The input's gradient along one axis, dx[h] = Σₜ dy[(h + p − t·δ)/s] w[t] over the taps for which the quotient is whole. With
/// h + p = f + s·(e + i) only the taps t·δ = f + s·m take part and dy's index is e + i − m: for each phase f a product of unit stride.
/// </summary>
internal readonly struct ConvolutionPhases(ConvolutionAxis axis)
{
    /// <summary>The largest m of any phase.</summary>
    public int Reach => (axis.Kernel - 1) * axis.Dilation / axis.Stride;

    /// <summary>Places of dy's view that the first taps of all phases need.</summary>
    public int MostPlaces => axis.Stride == 1 ? axis.Input : (axis.Input + axis.Stride - 1) / axis.Stride + 1;

    /// <summary>The first h of a phase.</summary>
    public int First(int phase) => ((phase - axis.Padding) % axis.Stride + axis.Stride) % axis.Stride;

    public int Places(int phase) => First(phase) < axis.Input ? (axis.Input - 1 - First(phase)) / axis.Stride + 1 : 0;

    /// <summary>e of the phase, counted from the smallest.</summary>
    public int Begin(int phase) => (First(phase) + axis.Padding - phase) / axis.Stride - axis.Padding / axis.Stride;

    public int Taps(int phase)
    {
        int taps = 0;
        for (int tap = 0; tap < axis.Kernel; tap++) taps += Meets(phase, tap) ? 1 : 0;
        return taps;
    }

    public bool Meets(int phase, int tap) => tap * axis.Dilation % axis.Stride == phase;

    /// <summary>Where dy's view holds the tap's first element, from the phase's begin.</summary>
    public int Shift(int tap) => Reach - tap * axis.Dilation / axis.Stride;
}
