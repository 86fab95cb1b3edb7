namespace AutoDiffAE.Graph.Language;

/// <summary>Options as a definition prints them: those that are not the usual ones.</summary>
internal static class Keywords
{
    /// <summary>All that are given, with commas between.</summary>
    public static string Of(params IEnumerable<string?> given) => string.Join(", ", given.OfType<string>());

    public static string? Number(string keyword, double value, double usual) => value.Equals(usual) ? null : $"{keyword}={Printer.Number(value)}";

    public static string? Flag(string keyword, bool value) => value ? $"{keyword}=true" : null;

    public static string Tuple<T>(IEnumerable<T> items) => items.ToList() is [var one] ? $"({one},)" : $"({string.Join(", ", items)})";
}
