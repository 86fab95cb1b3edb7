namespace AutoDiffAE.Reports;

/// <summary>The axis of errors: where along it an error lies, from 0 to 1, and which errors are written beside it.</summary>
internal sealed record ErrorAxis(double Low, double High, bool Logarithmic, IReadOnlyList<double> Ticks)
{
    public string Label => Logarithmic ? "error (log scale)" : "error";

    public double Fraction(double error) => Logarithmic
        ? (Math.Log(error) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
        : (error - Low) / (High - Low);

    /// <summary>An axis around finite errors, with room at both ends; from 0 to 1 if there are none.</summary>
    public static ErrorAxis Of(IReadOnlyCollection<double> errors, bool logarithmic)
    {
        if (errors.Count == 0) return Linear(0, 1);
        var (low, high) = (errors.Min(), errors.Max());
        if (!logarithmic || low <= 0) return Linear(Math.Min(0, low), high > 0 || low < high ? high : high + 1);

        // At least a factor of two, or noise in the last digits would fill the chart.
        var (middle, half) = ((Math.Log(low) + Math.Log(high)) / 2, Math.Max(Math.Log(2), Math.Log(high) - Math.Log(low)) * 0.56);
        var (bottom, top) = (Math.Max(double.Epsilon, Math.Exp(middle - half)), Math.Min(double.MaxValue, Math.Exp(middle + half)));
        return new(bottom, top, true, Reports.Ticks.Logarithmic(bottom, top, 9));
    }

    private static ErrorAxis Linear(double low, double high)
    {
        var top = high + 0.05 * (high - low);
        return new(low, top, false, Reports.Ticks.Linear(low, top, 8));
    }
}
