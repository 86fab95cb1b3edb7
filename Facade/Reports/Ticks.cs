namespace AutoDiffAE.Reports;

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten from low to high, at most <paramref name="most"/> + 1 of them.</summary>
    public static IReadOnlyList<double> Linear(double low, double high, int most, double smallestStep = 0)
    {
        var rough = (high - low) / most;
        if (!(rough > 0)) return [low];
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Math.Max(smallestStep, new[] { 1, 2, 5, 10 }.Select(m => m * power).First(s => s >= rough * (1 - 1e-9)));
        var (from, to) = (Math.Ceiling(low / step - 1e-9), Math.Floor(high / step + 1e-9));
        return [.. Enumerable.Range(0, (int)(to - from) + 1).Select(i => Rounded((from + i) * step, step))];
    }

    /// <summary>The densest of a few choices with at most <paramref name="most"/> ticks: from 16 in a decade down to one in several decades.</summary>
    public static IReadOnlyList<double> Logarithmic(double low, double high, int most)
    {
        var (least, greatest) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        int[][] choices = [[10, 12, 14, 16, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90], [10, 15, 20, 30, 40, 60, 80], [10, 20, 50], [10, 30], [10]];
        IReadOnlyList<double> In(int[] digits, int stride) =>
        [
            .. from decade in Enumerable.Range(0, (greatest - least) / stride + 1)
               from digit in digits
               let tick = double.Parse($"{digit}e{least + decade * stride - 1}", System.Globalization.CultureInfo.InvariantCulture)
               where tick >= low * (1 - 1e-9) && tick <= Math.Min(double.MaxValue, high * (1 + 1e-9))
               select tick,
        ];
        return choices.Select(digits => In(digits, 1))
            .Concat(Enumerable.Range(2, 1000).Select(stride => In([10], stride)))
            .First(ticks => ticks.Count <= most);
    }

    // Multiples of 0.1 in binary end in digits that nobody wants to read.
    private static double Rounded(double value, double step) => Math.Round(value, Math.Clamp(1 - (int)Math.Floor(Math.Log10(step)), 0, 15));
}
