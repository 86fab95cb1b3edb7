namespace AutoDiffAE.Graph.Language;

internal enum TokenKind
{
    Number,
    Name,
    Text,
    Symbol,

    /// <summary>A semicolon, or the end of a line outside parentheses.</summary>
    Separator,
    End,
}

/// <summary>A word of the language and where it begins.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Separator => "the end of a line",
        TokenKind.Text => $"\"{Text}\"",
        _ => $"'{Text}'",
    };
}
