namespace AutoDiffAE.Cpu;

/// <summary>One axis that windows lie on, with numbers for its sizes: window o of <paramref name="Count"/> reads o·Stride + k·Dilation.</summary>
internal readonly record struct PoolAxis(int Size, int Taps, int Count, int Stride, int Dilation)
{
    /// <summary>An axis that is not there.</summary>
    public static PoolAxis Unit => new(1, 1, 1, 1, 1);

    /// <summary>The windows that some tap of the positions from <paramref name="first"/> up to <paramref name="end"/> belongs to, and perhaps others.</summary>
    public (long First, long End) Touching(long first, long end) => (
        Math.Max(0, (first - (long)Dilation * (Taps - 1) + Stride - 1) / Stride),
        Math.Min(Count, (end - 1) / Stride + 1));
}
