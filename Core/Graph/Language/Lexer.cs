using System.Collections.Immutable;

namespace AutoDiffAE.Graph.Language;

/// <summary>From a text to its words. Within parentheses the end of a line is a space.</summary>
internal static class Lexer
{
    private static readonly ImmutableArray<string> Symbols =
        ["...", "**", "<=", ">=", "==", "!=", "+", "-", "*", "/", "@", "<", ">", "=", "(", ")", "[", "]", ",", ":", "."];

    /// <summary>Words with a meaning of their own, which name nothing.</summary>
    public static readonly ImmutableHashSet<string> Keywords = ["let", "inf", "nan", "true", "false", "none"];

    /// <exception cref="SyntaxException">A character begins no word, or a string has no end.</exception>
    public static ImmutableArray<Token> Tokens(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>();
        var depth = 0;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]) && (text[at] != '\n' || depth > 0)) at++;
            else
            {
                var token = Next(text, at, out var end);
                depth += token.Kind != TokenKind.Symbol ? 0 : token.Text is "(" or "[" ? 1 : token.Text is ")" or "]" ? -1 : 0;
                tokens.Add(token);
                at = end;
            }
        }
        tokens.Add(new(TokenKind.End, "", text.Length));
        return tokens.ToImmutable();
    }

    /// <summary>Whether a text is one word as it stands: letters, digits and underscores; a value of a listing may be a number behind a %.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && ((StartsName(text[0]) && text.All(ContinuesName)) || IsNumbered(text)) && !Keywords.Contains(text);

    /// <summary>%3, which nobody named.</summary>
    public static bool IsNumbered(string text) => text.Length > 1 && text[0] == '%' && text.Skip(1).All(ContinuesName);

    /// <summary>A name as it is written: between grave accents where it would not be one word.</summary>
    public static string Spelled(string name) => IsName(name) ? name : $"`{string.Concat(name.Select(c => c is '`' or '\n' or '\r' ? '_' : c))}`";

    private static Token Next(string text, int at, out int end)
    {
        var c = text[at];
        if (c is '\n' or ';') return Cut(TokenKind.Separator, text, at, end = at + 1);
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) return Cut(TokenKind.Number, text, at, end = Number(text, at));
        if (StartsName(c)) return Cut(TokenKind.Name, text, at, end = While(text, at, ContinuesName));
        if (c == '%' && at + 1 < text.Length && ContinuesName(text[at + 1])) return Cut(TokenKind.Name, text, at, end = While(text, at + 1, ContinuesName));
        if (c is '"' or '\'' or '`') return Quoted(text, at, out end);
        if (Symbols.FirstOrDefault(s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0) is not { } symbol)
            throw new SyntaxException(text, at, $"'{c}' has no meaning here{(c == '^' ? ", a power is written **" : "")}");
        return Cut(TokenKind.Symbol, text, at, end = at + symbol.Length);
    }

    private static Token Cut(TokenKind kind, string text, int at, int end) => new(kind, text[at..end], at);

    private static Token Quoted(string text, int at, out int end)
    {
        var close = text.IndexOf(text[at], at + 1);
        if (close < 0) throw new SyntaxException(text, at, $"{text[at]} is not closed");
        end = close + 1;
        return new(text[at] == '`' ? TokenKind.Name : TokenKind.Text, text[(at + 1)..close], at);
    }

    private static int Number(string text, int at)
    {
        var end = While(text, at, char.IsAsciiDigit);
        if (end < text.Length && text[end] == '.' && !(end + 1 < text.Length && text[end + 1] == '.')) end = While(text, end + 1, char.IsAsciiDigit);
        if (end == text.Length || text[end] is not ('e' or 'E')) return end;
        var digits = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
        var last = While(text, digits, char.IsAsciiDigit);
        return last > digits ? last : end;
    }

    private static int While(string text, int at, Func<char, bool> fits)
    {
        while (at < text.Length && fits(text[at])) at++;
        return at;
    }

    private static bool StartsName(char c) => char.IsLetter(c) || c == '_';

    private static bool ContinuesName(char c) => char.IsLetterOrDigit(c) || c == '_';
}
