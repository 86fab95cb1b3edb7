using System.Diagnostics;

namespace AutoDiffAE.Cli;

/// <summary>Times of one action in milliseconds.</summary>
/// <param name="N">How often it was timed.</param>
internal sealed record Timing(double Median, double Best, int N)
{
    private const int Warmups = 3, Least = 5, Most = 1_000_000;

    /// <summary>Times an action again and again for some seconds, at least five times.</summary>
    public static Timing Of(double seconds, Action action)
    {
        for (var i = 0; i < Warmups; i++) action();
        var times = new List<double>(4096);
        for (var all = Stopwatch.StartNew(); (all.Elapsed.TotalSeconds < seconds || times.Count < Least) && times.Count < Most;)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        var middle = times.Count / 2;
        return new(times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2, times[0], times.Count);
    }
}
