namespace AutoDiffAE.Data;

internal static class Excerpt
{
    private const int Most = 100;

    /// <summary>Text out of a file, as it may stand in a message of one line: without control characters, cut to 100 characters.</summary>
    public static string Of(string text)
    {
        var line = string.Concat(text.Trim().Take(Most).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Trim().Length > Most ? line + "..." : line;
    }
}
