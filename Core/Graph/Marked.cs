using System.Collections.Immutable;

namespace AutoDiffAE.Graph;

/// <summary>A line of text, and the part of it that is pointed at.</summary>
/// <param name="Line">The whole line.</param>
/// <param name="Start">Where the part begins.</param>
/// <param name="Length">Its length, at least 1.</param>
public sealed record Marked(string Line, int Start, int Length)
{
    private const string Left = "… ", Right = " …";

    /// <summary>The line and carets under the part; of a line that is too long, what is around the part.</summary>
    /// <param name="width">Columns, at least 20.</param>
    public ImmutableArray<string> Lines(int width = 100)
    {
        var room = Math.Max(20, width) - Left.Length - Right.Length;
        if (Line.Length <= room + Left.Length + Right.Length) return [Line, Under(Start, Length)];
        var from = Math.Clamp(Start + Length / 2 - room / 2, 0, Math.Max(0, Line.Length - room));
        from = Math.Min(from, Start);
        var to = Math.Min(Line.Length, from + room);
        var (left, right) = (from > 0 ? Left : "", to < Line.Length ? Right : "");
        return [$"{left}{Line[from..to]}{right}", Under(left.Length + Start - from, Math.Min(Length, to - Start))];
    }

    private static string Under(int at, int length) => $"{new string(' ', at)}{new string('^', Math.Max(1, length))}";

    /// <summary>Marks in a printed text: characters of Unicode's private use, which no name has.</summary>
    internal static string Around(string text) => $"{Open}{text}{Close}";

    private const char Open = '\uE000', Close = '\uE001';

    /// <summary>The line of a text in which the first marks stand; null where there are none.</summary>
    internal static Marked? In(string text)
    {
        var open = text.IndexOf(Open, StringComparison.Ordinal);
        if (open < 0) return null;
        var begin = text.LastIndexOf('\n', open) + 1;
        var line = text[begin..].Split('\n')[0];
        var start = open - begin;
        var close = line.IndexOf(Close, StringComparison.Ordinal);
        return new(string.Concat(line.Where(c => c is not (Open or Close))), start, Math.Max(1, (close < 0 ? line.Length : close) - start - 1));
    }
}
