using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Graph.Language;

namespace AutoDiffAE.Graph;

/// <summary>
/// Writes an expression as a person would: infix operators, names, and a <c>let</c> for each value that is used twice. The parser reads
/// it back to the same graph, but for constants too large to print.
/// </summary>
public static class Printer
{
    public static string Print(Expr root) => Printed.Of(root);

    /// <summary>The line of the printed expression in which a part of it is written, with the part marked; null where that is not written, as a broadcast that is implied.</summary>
    public static Marked? Marked(Expr root, Expr part) => Graph.Marked.In(Printed.Of(root, part));

    /// <summary>The variables of a graph by the names under which it prints: what the parser is given to read it back.</summary>
    public static IReadOnlyDictionary<string, Expr> Variables(Expr root) =>
        Printed.Variables([root]).ToImmutableDictionary(v => v.Name, v => v.Variable, StringComparer.Ordinal);

    /// <summary>An expression in one line for a person to read, in which some nodes are written by the names given, and the chain rule's product as a product.</summary>
    /// <param name="root">The expression.</param>
    /// <param name="names">Names of nodes.</param>
    /// <param name="open">Whether the expression itself is spelled out, though it has a name.</param>
    public static string Formula(Expr root, IReadOnlyDictionary<Expr, string> names, bool open = false)
    {
        Spelled Part(Expr e) => names.TryGetValue(e, out var name) ? new(Lexer.Spelled(name), Spelled.Atom, 0) : Open(e);
        Spelled Open(Expr e) => e.Op.Match(new Spelling(e, Part, definition => definition.Name, Written.Formula(names.ContainsKey)));
        return (open ? Open(root) : Part(root)).Text;
    }

    /// <summary>The expression where it is short, else a few words for it.</summary>
    public static string Brief(Expr e) => Part(e).Text;

    /// <summary>The same as a part of something else.</summary>
    internal static Spelled Part(Expr e)
    {
        var named = new Spelled(Short(e), Spelled.Atom, 0);
        if (e.Origin.Name is not null || e.Op is Op.BroadcastTo || Traversal.Topological([e]).Length > MostNodes) return named;
        Spelled Of(Expr part) => part != e && part is { Op: not Op.Variable, Origin.Name: { } name } ? new(name, Spelled.Atom, 0) : part.Op.Match(new Spelling(part, Of, d => d.Name, Written.Formula(n => n.Origin.Name is not null)));
        return Of(e) is { Text.Length: <= MostCharacters } spelled ? spelled : named;
    }

    private const int MostNodes = 12, MostCharacters = 40;

    /// <summary>A few words for a message: the user's name where there is one.</summary>
    public static string Short(Expr e) => e.Origin.Name ?? e.Op switch
    {
        Op.Literal l => Number(l.Value),
        Op.Variable v => v.Label,
        Op.BroadcastTo => Short(e.Args[0]),
        _ => $"{e.Op.Name}({string.Join(", ", e.Args.Select(a => a.Origin.Name ?? (a.Args.IsEmpty ? Short(a) : "…")))})",
    };

    public static string Number(double value) =>
        double.IsNaN(value) ? "nan"
        : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf")
        : value.ToString("R", CultureInfo.InvariantCulture);
}
