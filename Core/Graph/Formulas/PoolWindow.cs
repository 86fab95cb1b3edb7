namespace AutoDiffAE.Graph;

/// <summary>How windows of a pooling lie along one axis.</summary>
/// <param name="Taps">The elements of a window.</param>
/// <param name="Stride">From one window to the next; a whole window when not given.</param>
/// <param name="Padding">How far windows reach beyond both ends, at most half a window.</param>
/// <param name="Dilation">From one element of a window to the next.</param>
public readonly record struct PoolWindow(int Taps, int? Stride = null, int Padding = 0, int Dilation = 1)
{
    public static implicit operator PoolWindow(int taps) => new(taps);

    /// <summary>The same without the padding.</summary>
    public TapAxis Axis => new(Taps, Stride ?? Taps, Dilation);

    /// <summary>
    /// What is added behind an axis. With <paramref name="ceil"/> a window that reaches beyond the padding counts too, if it starts
    /// before the end of the axis: s − 1 more positions round the count of windows up, and with span − 1 behind the axis the last
    /// window starts on it.
    /// </summary>
    internal int High(bool ceil) => ceil ? Math.Min(Padding + Axis.Stride - 1, Axis.Span - 1) : Padding;

    /// <summary>Whether each window has all its elements on the axis, so that a mean divides by their number.</summary>
    internal bool IsFull(bool ceil, bool countPadding) => !ceil && (countPadding || Padding == 0);
}
