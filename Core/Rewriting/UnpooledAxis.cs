using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// One axis of a convolution of unit stride over an image in which each of <paramref name="Length"/> values is repeated
/// <paramref name="Factor"/> times. Output s·i + φ meets tap u at position s·i + φ + e(u), which is value i + ⌊(φ + e(u)) / s⌋. So each phase
/// φ is a convolution of the values themselves, whose taps are sums of taps: taps that meet one value are one.
/// </summary>
internal sealed record UnpooledAxis(int Length, int Factor, int Kernel, int Outputs, WindowAxis Window, bool Flip)
{
    /// <summary>The value that tap u of phase φ meets, counted from the one at the output.</summary>
    private int Meets(int phase, int tap) =>
        (int)Math.Floor((phase + Window.Dilation * (Flip ? Kernel - 1 - tap : tap) - Window.Low) / (double)Factor);

    private int First(int phase) => Enumerable.Range(0, Kernel).Min(u => Meets(phase, u));

    private ImmutableArray<int> Firsts => [.. Enumerable.Range(0, Factor).Select(First)];

    /// <summary>Taps that a phase has at most.</summary>
    public int Taps => Enumerable.Range(0, Factor).Max(phase => Enumerable.Range(0, Kernel).Max(u => Meets(phase, u)) - First(phase) + 1);

    /// <summary>Outputs of a phase, the last of which may lie beyond the axis.</summary>
    public int Places => (Outputs + Factor - 1) / Factor;

    /// <summary>At which place of the common convolution each phase's outputs begin.</summary>
    public ImmutableArray<int> Shifts => [.. Firsts.Select(first => first - Firsts.Min())];

    /// <summary>Places of the common convolution.</summary>
    public int Positions => Places + Shifts.Max();

    /// <summary>The common convolution's padding.</summary>
    public WindowAxis Common => new(1, 1, -Firsts.Min(), Positions - 1 + Taps - Length + Firsts.Min());

    /// <summary>Whether tap u is part of tap a of the phase.</summary>
    public bool IsPart(int phase, int a, int tap) => Meets(phase, tap) - First(phase) == a;
}
