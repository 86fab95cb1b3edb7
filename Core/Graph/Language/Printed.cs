using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AutoDiffAE.Graph.Language;

/// <summary>
/// The lines of a printed graph: a function for each definition that the language does not know by name, a <c>let</c> for each value
/// that is used twice or nested deep, and the result.
/// </summary>
internal sealed class Printed
{
    /// <summary>What is nested deeper is named, so that the reading of it needs no deep recursion.</summary>
    internal const int Deepest = 50;

    private readonly StringBuilder _functions = new();
    private readonly HashSet<string> _taken = [.. Vocabulary.Standard.Names];
    private readonly Dictionary<Definition, string> _names = new(ReferenceEqualityComparer.Instance);

    /// <summary>A node that is pointed at.</summary>
    private Expr? _marked;

    public static string Of(Expr root, Expr? marked = null)
    {
        var printed = new Printed { _marked = marked };
        var body = printed.Block(root, Variables([root]), "\n");
        return $"{printed.Functions}{body}";
    }

    /// <summary>A line for each function that was called so far.</summary>
    public string Functions => _functions.ToString();

    /// <summary>The variables of graphs by the names that they print as: a second one of a name gets a number.</summary>
    public static ImmutableArray<(string Name, Expr Variable)> Variables(IEnumerable<Expr> roots)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. Traversal.Variables(roots).Select(v => (Fresh(((Op.Variable)v.Op).Label, taken), v))];
    }

    private string Block(Expr root, ImmutableArray<(string Name, Expr Variable)> variables, string separator)
    {
        var order = Traversal.Topological([root]);
        var uses = Uses(order);
        var texts = new Dictionary<Expr, Spelled>();
        foreach (var (name, variable) in variables) texts[variable] = new(Lexer.Spelled(name), Spelled.Atom, 0);
        var taken = variables.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        var lets = new StringBuilder();
        foreach (var node in order.Where(n => n.Op is not Op.Variable))
        {
            var written = node.Op.Match(new Spelling(node, e => texts[e], Called));
            if (node == _marked) written = written with { Text = Marked.Around(written.Text) };
            if (node != root && IsNamed(node, uses[node], written))
            {
                var name = Lexer.Spelled(Fresh(node.Origin.Name ?? $"v{taken.Count}", taken));
                lets.Append(CultureInfo.InvariantCulture, $"let {name} = {written.Text}{separator}");
                written = new(name, Spelled.Atom, 0);
            }
            texts[node] = written;
        }
        return $"{lets}{texts[root].Text}";
    }

    private static bool IsNamed(Expr node, int uses, Spelled written) => node.Op switch
    {
        Op.BroadcastTo => written.Depth > Deepest,
        Op.Constant { Value.Length: var length } => uses > 1 && length > 1,
        _ => node.Args.Length > 0 && (uses > 1 || written.Depth > Deepest),
    };

    /// <summary>How often each node may be written; what is broadcast is written wherever the broadcast is.</summary>
    internal static Dictionary<Expr, int> Uses(ImmutableArray<Expr> order)
    {
        var uses = order.ToDictionary(e => e, _ => 0);
        foreach (var node in order.Reverse())
            foreach (var arg in node.Args)
                uses[arg] += node.Op is Op.BroadcastTo ? Math.Max(1, uses[node]) : 1;
        return uses;
    }

    public string Called(Definition definition)
    {
        if (definition.Options is not null) return definition.Name;
        if (_names.TryGetValue(definition, out var known)) return known;
        var parameters = Variables(definition.Parameters);
        var body = Block(definition.Body, parameters, "; ");
        var name = _names[definition] = Lexer.Spelled(Fresh(definition.Name, _taken));
        var text = body.Contains(';') ? $"({body})" : body;
        _functions.Append(CultureInfo.InvariantCulture, $"let {name}({string.Join(", ", parameters.Select(p => Lexer.Spelled(p.Name)))}) = {text}\n");
        return name;
    }

    internal static string Fresh(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var i = 1; !taken.Add(name); i++) name = $"{wanted}_{i}";
        return name;
    }
}
