using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// One axis of a convolution of unit stride over an image in which each of <paramref name="Length"/> values is repeated
/// <paramref name="Factor"/> times. Output s·i + φ meets tap u at position s·i + φ + e(u), which is value i + ⌊(φ + e(u)) / s⌋. So each phase
/// φ is a convolution of the values themselves, whose taps are sums of taps: taps that meet one value are one.
/// </summary>
internal sealed record UnpooledAxis(int Length, int Factor, int Kernel, int Outputs, WindowAxis Window, bool Flip)
{
    /// <summary>Taps that a phase has at most.</summary>
    public int Taps
    {
        get
        {
            var most = 0;
            for (var phase = 0; phase < Factor; phase++) most = Math.Max(most, Last(phase) - First(phase) + 1);
            return most;
        }
    }

    /// <summary>Outputs of a phase, the last of which may lie beyond the axis.</summary>
    public int Places => (Outputs + Factor - 1) / Factor;

    /// <summary>At which place of the common convolution a phase's outputs begin.</summary>
    public int Shift(int phase) => First(phase) - First(0);

    public bool IsShifted => Shift(Factor - 1) != 0;

    /// <summary>Places of the common convolution.</summary>
    public int Positions => Places + Shift(Factor - 1);

    /// <summary>The common convolution's padding.</summary>
    public WindowAxis Common => new(1, 1, -First(0), Positions - 1 + Taps - Length + First(0));

    /// <summary>The tap of the phase of which tap u is a part.</summary>
    public int Part(int phase, int tap) => Meets(phase, tap) - First(phase);

    /// <summary>The value that tap u of phase φ meets, counted from the one at the output. It ascends with φ.</summary>
    private int Meets(int phase, int tap) => FloorDivide(phase + Window.Dilation * (Flip ? Kernel - 1 - tap : tap) - Window.Low, Factor);

    private int First(int phase) => Meets(phase, Flip ? Kernel - 1 : 0);

    private int Last(int phase) => Meets(phase, Flip ? 0 : Kernel - 1);

    private static int FloorDivide(int a, int b) => a >= 0 ? a / b : -((b - 1 - a) / b);
}
