namespace AutoDiffAE.Profiling;

/// <summary>What a step has to do at least, whoever does it.</summary>
/// <param name="Flop">Floating-point operations; a multiply-add is two.</param>
/// <param name="BytesRead">What it reads, each byte once.</param>
/// <param name="BytesWritten">What it writes.</param>
public readonly record struct Work(double Flop, long BytesRead, long BytesWritten)
{
    public long Bytes => BytesRead + BytesWritten;

    /// <summary>The time below which no machine of such limits does it: max(FLOP / peak FLOP/s, bytes / peak bytes/s).</summary>
    public double Seconds(MachineLimits limits) => Math.Max(Flop / limits.FlopPerSecond, Bytes / limits.BytesPerSecond);
}
