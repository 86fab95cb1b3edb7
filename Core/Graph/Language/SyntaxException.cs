using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>A text that is no expression, or whose shapes do not fit: the message names the column and shows the line with a caret.</summary>
public sealed class SyntaxException : FormatException
{
    /// <param name="at">The position in the text, from 0.</param>
    public SyntaxException(string text, int at, string reason, Exception? inner = null) : base(Pointing(text, at, reason), inner) =>
        (Text, Reason, (Line, Column, _)) = (text, reason, Place(text, at));

    public string Text { get; }

    public string Reason { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of the line, from 1.</summary>
    public int Column { get; }

    /// <summary>The message in one line, for a program that answers in one.</summary>
    public string Brief => $"{Where(Text, Line, Column)}: {Reason}";

    /// <summary>The operands of a refused operation, to be shown under the message; empty where there are none.</summary>
    public ImmutableArray<string> Operands => InnerException is ShapeException { Drawing: { } drawing } ? drawing.Operands : [];

    private static string Pointing(string text, int at, string reason)
    {
        var (line, column, source) = Place(text, at);
        return $"{Where(text, line, column)}: {reason}\n  {source}\n  {new string(' ', column - 1)}^";
    }

    private static string Where(string text, int line, int column) => text.Contains('\n') ? $"line {line}, column {column}" : $"column {column}";

    private static (int Line, int Column, string Source) Place(string text, int at)
    {
        var end = Math.Clamp(at, 0, text.Length);
        var start = end == 0 ? 0 : text.LastIndexOf('\n', end - 1) + 1;
        return (text.AsSpan(0, end).Count('\n') + 1, end - start + 1, text[start..].Split('\n')[0]);
    }
}
