namespace AutoDiffAE.Reading;

/// <summary>Lines of a width, each with something at its right end; what is too long is broken at blanks and goes on under what it says.</summary>
/// <param name="Width">Columns, at least 40.</param>
/// <param name="Paint">Colours a part; it is laid out before.</param>
internal sealed record TextLayout(int Width, Func<TextRole, string, string> Paint)
{
    private const int Least = 40, Indent = 4;

    public static string Plain(TextRole _, string text) => text;

    /// <param name="text">What stands on the left.</param>
    /// <param name="role">What that is.</param>
    /// <param name="right">What stands at the end of the first line.</param>
    /// <param name="rightRole">What that is.</param>
    public IEnumerable<string> Lines(string text, TextRole role, string right = "", TextRole rightRole = TextRole.Shape)
    {
        var columns = Math.Max(Least, Width);
        var room = columns - (right.Length > 0 ? right.Length + 2 : 0);
        var indent = new string(' ', Hanging(text, columns));
        for (var first = true; ; first = false)
        {
            var length = text.Length <= room ? text.Length : Break(text, room, indent.Length);
            var part = text[..length];
            var blanks = part.Length - part.TrimStart().Length;
            yield return first && right.Length > 0
                ? $"{part[..blanks]}{Paint(role, part[blanks..])}{new string(' ', Math.Max(0, room - part.Length) + 2)}{Paint(rightRole, right)}"
                : $"{part[..blanks]}{Paint(role, part[blanks..])}";
            if (length == text.Length) yield break;
            (text, room) = (indent + text[length..].TrimStart(), columns);
        }
    }

    /// <summary>What goes on stands behind the sign of equality, where that is not far in.</summary>
    private static int Hanging(string text, int columns)
    {
        var start = text.Length - text.TrimStart().Length;
        var equals = text.IndexOf("= ", start, StringComparison.Ordinal);
        return equals > 0 && equals + 2 <= columns / 3 ? equals + 2 : start + Indent;
    }

    /// <summary>Of the blanks in the second half of the room the one least deep in parentheses, best behind a comma, next before an operator; else the first blank.</summary>
    private static int Break(string text, int room, int indent)
    {
        var (best, least, depth) = (-1, int.MaxValue, 0);
        for (var i = 0; i < Math.Min(room + 1, text.Length); i++)
        {
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
            if (text[i] != ' ' || i <= Math.Max(indent, room / 2) || i + 1 == text.Length) continue;
            var cost = (Worst * depth) + (text[i - 1] is ',' or ':' ? 0 : text[i + 1] is '+' or '-' or '*' or '/' or '@' ? 1 : Worst / 2);
            if (cost <= least) (best, least) = (i, cost);
        }
        if (best > 0) return best;
        if (text.LastIndexOf(' ', Math.Min(room, text.Length - 1)) is var last && last > indent) return last;
        return text.IndexOf(' ', Math.Min(indent, text.Length)) is var next && next > 0 ? next : text.Length;
    }

    private const int Worst = 4;
}
