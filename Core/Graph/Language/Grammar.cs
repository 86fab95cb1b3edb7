using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiffAE.Graph.Language;

/// <summary>
/// Recursive descent, a method for each level: comparisons, sums, products, signs, powers, indices, atoms. As in Python, ** binds
/// tighter than a sign on its left and is right associative.
/// </summary>
internal sealed class Grammar
{
    private const int Deepest = 400;

    private readonly string _text;
    private readonly ImmutableArray<Token> _tokens;
    private int _next;
    private int _depth;

    private Grammar(string text) => (_text, _tokens) = (text, Lexer.Tokens(text));

    /// <exception cref="SyntaxException">The text is no expression.</exception>
    public static Syntax.Block Read(string text)
    {
        var grammar = new Grammar(text);
        var block = grammar.Block();
        return grammar.Here.Kind == TokenKind.End ? block : throw grammar.Unexpected("an operator or the end");
    }

    /// <summary>A line for each statement: <c>input x : real[n,3]</c>, bindings, <c>result y = %1</c> and <c>gradient x = %2</c>.</summary>
    /// <exception cref="SyntaxException">The text is no listing.</exception>
    public static ImmutableArray<Statement> ReadListing(string text)
    {
        var grammar = new Grammar(text);
        var statements = ImmutableArray.CreateBuilder<Statement>();
        for (grammar.SkipSeparators(); grammar.Here.Kind != TokenKind.End; grammar.SkipSeparators())
        {
            statements.Add(grammar.Statement());
            if (grammar.Here.Kind is not (TokenKind.Separator or TokenKind.End)) throw grammar.Unexpected("the end of the line");
        }
        return statements.ToImmutable();
    }

    private Token Here => _tokens[_next];

    private Token Take() => _tokens[_next++];

    private bool Skip(string symbol)
    {
        var found = Here.Is(symbol);
        if (found) _next++;
        return found;
    }

    private Token Expect(string symbol) => Here.Is(symbol) ? Take() : throw Unexpected($"'{symbol}'");

    private SyntaxException Unexpected(string wanted) => new(_text, Here.At, $"{wanted} was expected, {Here} found");

    private bool IsWord(string word) => Here.Kind == TokenKind.Name && Here.Text == word && _text[Here.At] != '`';

    private Syntax.Block Block()
    {
        var at = Here.At;
        var lets = ImmutableArray.CreateBuilder<Let>();
        SkipSeparators();
        while (IsWord("let"))
        {
            lets.Add(Let());
            if (Here.Kind != TokenKind.Separator) throw Unexpected("';' or a new line after a binding");
            SkipSeparators();
        }
        var result = Expression();
        SkipSeparators();
        return new(at, lets.ToImmutable(), result);
    }

    private void SkipSeparators()
    {
        while (Here.Kind == TokenKind.Separator) _next++;
    }

    private Let Let()
    {
        Take();
        var at = Here.At;
        var name = NewName();
        ImmutableArray<string>? parameters = Skip("(") ? Listed(")", NewName) : null;
        var lengths = parameters is null && Skip(":") ? Type() : null;
        Expect("=");
        return new(at, name, parameters, Expression(), lengths);
    }

    private Statement Statement()
    {
        if (IsWord("let")) return new(ListedKind.Let, Let());
        var kind = Listing.Words.FirstOrDefault(w => IsWord(w.Value)) is { Value: not null } word ? word.Key : throw Unexpected("input, let, result or gradient");
        Take();
        var at = Here.At;
        var name = NewName();
        Expect(":");
        var lengths = Type();
        if (kind == ListedKind.Input) return new(kind, new(at, name, null, lengths, lengths));
        Expect("=");
        return new(kind, new(at, name, null, Expression(), lengths));
    }

    /// <summary><c>real[n,3]</c>; a number is <c>real[]</c>.</summary>
    private Syntax.Tuple Type()
    {
        if (!IsWord("real")) throw Unexpected("a type, such as real[n,3],");
        var at = Take().At;
        Expect("[");
        return new(at, Listed("]", Expression));
    }

    private string NewName() =>
        Here.Kind == TokenKind.Name && (_text[Here.At] == '`' || !Lexer.Keywords.Contains(Here.Text)) ? Take().Text : throw Unexpected("a name");

    private ImmutableArray<T> Listed<T>(string close, Func<T> item)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        while (!Here.Is(close))
        {
            items.Add(item());
            if (!Skip(",") && !Here.Is(close)) throw Unexpected($"',' or '{close}'");
        }
        Take();
        return items.ToImmutable();
    }

    private Syntax Expression()
    {
        if (++_depth > Deepest) throw new SyntaxException(_text, Here.At, $"more than {Deepest} levels are nested here");
        var left = Sum();
        if (IsComparison) left = new Syntax.Infix(Here.At, Take().Text, left, Sum());
        if (IsComparison) throw new SyntaxException(_text, Here.At, "comparisons do not chain: use parentheses");
        _depth--;
        return left;
    }

    private bool IsComparison => Here.Kind == TokenKind.Symbol && Here.Text is "<" or "<=" or ">" or ">=" or "==" or "!=";

    private Syntax Sum() => Chained(Product, "+", "-");

    private Syntax Product() => Chained(Signed, "*", "/", "@");

    private Syntax Chained(Func<Syntax> operand, params ReadOnlySpan<string> symbols)
    {
        var left = operand();
        while (Here.Kind == TokenKind.Symbol && symbols.Contains(Here.Text)) left = new Syntax.Infix(Here.At, Take().Text, left, operand());
        return left;
    }

    private Syntax Signed()
    {
        if (++_depth > Deepest) throw new SyntaxException(_text, Here.At, $"more than {Deepest} levels are nested here");
        var at = Here.At;
        var negative = Skip("-");
        var signed = negative || Skip("+");
        var digits = Here.Kind == TokenKind.Number || IsWord("inf") || IsWord("nan");
        var operand = signed ? Signed() : Power();
        _depth--;
        // -2 is a number; -(2) and -2 ** 2 are negations.
        return !negative ? operand : digits && operand is Syntax.Number n ? new Syntax.Number(at, -n.Value) : new Syntax.Negation(at, operand);
    }

    private Syntax Power()
    {
        var left = Indexed();
        return Here.Is("**") ? new Syntax.Infix(Take().At, "**", left, Signed()) : left;
    }

    private Syntax Indexed()
    {
        var of = Atom();
        while (Here.Is("[") || Here.Is("."))
        {
            var open = Take();
            if (open.Is("[")) of = new Syntax.Index(open.At, of, Listed("]", Item));
            else if (IsWord("T")) of = new Syntax.Transpose(Take().At - 1, of);
            else throw Unexpected("T, for the transpose,");
        }
        return of;
    }

    private Syntax Item()
    {
        var at = Here.At;
        if (Skip("...")) return new Syntax.Ellipsis(at);
        var start = Bound();
        if (!Skip(":")) return start ?? throw Unexpected("an index");
        var stop = Bound();
        return new Syntax.Range(at, start, stop, Skip(":") ? Bound() : null);
    }

    private Syntax? Bound() => Here.Is(":") || Here.Is(",") || Here.Is("]") ? null : Expression();

    private Syntax Atom() => Here.Kind switch
    {
        TokenKind.Number => Number(Take()),
        TokenKind.Text => Take() is var t ? new Syntax.Text(t.At, t.Text) : throw Unexpected("a string"),
        TokenKind.Name => Named(Take()),
        _ when Here.Is("(") => Parenthesis(),
        _ when Here.Is("[") => new Syntax.Tuple(Take().At, Listed("]", Expression)),
        _ => throw Unexpected("a value"),
    };

    private static Syntax Number(Token token) => new Syntax.Number(token.At, double.Parse(token.Text, CultureInfo.InvariantCulture));

    private Syntax Named(Token token) => _text[token.At] == '`' ? NameOrCall(token) : token.Text switch
    {
        "inf" => new Syntax.Number(token.At, double.PositiveInfinity),
        "nan" => new Syntax.Number(token.At, double.NaN),
        "true" => new Syntax.Flag(token.At, true),
        "false" => new Syntax.Flag(token.At, false),
        "none" => new Syntax.None(token.At),
        "let" => throw new SyntaxException(_text, token.At, "a binding stands before the result, on a line of its own or before ';'"),
        _ => NameOrCall(token),
    };

    private Syntax NameOrCall(Token token) =>
        Skip("(") ? new Syntax.Call(token.At, token.Text, Arguments()) : new Syntax.Name(token.At, token.Text);

    private ImmutableArray<(string? Keyword, Syntax Value)> Arguments()
    {
        var keywords = false;
        return Listed<(string?, Syntax)>(")", () =>
        {
            if (Here.Kind == TokenKind.Name && _tokens[_next + 1].Is("="))
            {
                keywords = true;
                var word = Take().Text;
                Take();
                return (word, Expression());
            }
            return keywords ? throw new SyntaxException(_text, Here.At, "arguments with keywords come last") : (null, Expression());
        });
    }

    private Syntax Parenthesis()
    {
        var at = Take().At;
        if (Skip(")")) return new Syntax.Tuple(at, []);
        if (IsWord("let"))
        {
            var block = Block();
            Expect(")");
            return block;
        }
        var first = Expression();
        if (Skip(")")) return first;
        Expect(",");
        return new Syntax.Tuple(at, [first, .. Listed(")", Expression)]);
    }
}
