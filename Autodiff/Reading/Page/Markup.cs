using System.Globalization;
using System.Net;

namespace AutoDiffAE.Reading;

/// <summary>Text and numbers as XML has them.</summary>
internal static class Markup
{
    /// <summary>Escaped, for an element or a quoted attribute; what XML cannot hold is replaced.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text.Any(IsForbidden) ? string.Concat(text.Select(c => IsForbidden(c) ? '\uFFFD' : c)) : text);

    public static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A value to four digits, as a person reads it.</summary>
    public static string Short(double value) => !double.IsFinite(value) ? Graph.Printer.Number(value)
        : Math.Abs(value) is 0 or (>= 1e-3 and < 1e5) ? value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−') : value.ToString("0.###e0", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>So many characters at most.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static bool IsForbidden(char c) => c < ' ' && c is not ('\t' or '\n' or '\r') || c is '\uFFFE' or '\uFFFF';
}
