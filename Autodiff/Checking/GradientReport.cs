using System.Collections.Immutable;

namespace AutoDiffAE.Checking;

/// <summary>What a check found.</summary>
public sealed record GradientReport(ImmutableArray<GradientFault> Faults)
{
    public bool Passed => Faults.IsEmpty;

    /// <exception cref="ArithmeticException">A law was broken; the message has all faults.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed) throw new ArithmeticException(ToString());
    }

    public override string ToString() => Passed ? "all laws hold" : string.Join('\n', Faults);
}
