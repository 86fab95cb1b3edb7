using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>
/// A graph with a line for every value, its type stated: <c>let %3 : real[n,40] = tanh(%2)</c>. Inputs come first; outputs and gradients name lines.
/// What is printed parses back to the same graph.
/// </summary>
public sealed record Listing(ImmutableArray<Listed> Lines)
{
    internal static readonly ImmutableDictionary<ListedKind, string> Words = new Dictionary<ListedKind, string>
    {
        [ListedKind.Input] = "input",
        [ListedKind.Let] = "let",
        [ListedKind.Result] = "result",
        [ListedKind.Derivative] = "gradient",
    }.ToImmutableDictionary();

    public IEnumerable<Expr> Inputs => All(ListedKind.Input).Select(l => l.Value);

    public IEnumerable<Listed> Results => All(ListedKind.Result);

    public IEnumerable<Listed> Gradients => All(ListedKind.Derivative);

    private IEnumerable<Listed> All(ListedKind kind) => Lines.Where(l => l.Kind == kind);

    /// <summary>The listing of outputs, and then of what gradients need besides.</summary>
    /// <param name="results">The outputs by name.</param>
    /// <param name="gradients">Gradients by the names of variables.</param>
    /// <param name="cotangents">Values to name in the backward part: in order, a name and the value, which may have other names too.</param>
    public static Listing Of(ImmutableArray<(string Name, Expr Value)> results, ImmutableArray<(Expr Variable, Expr Value)> gradients = default, IReadOnlyList<(Expr Of, Expr Cotangent)>? cotangents = null)
    {
        gradients = gradients.IsDefault ? [] : gradients;
        var back = cotangents ?? [];
        var roots = results.Select(r => r.Value).ToImmutableArray();
        ImmutableArray<Expr> all = [.. roots, .. back.Select(c => c.Cotangent), .. gradients.Select(g => g.Value)];
        var names = new Dictionary<Expr, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var lines = ImmutableArray.CreateBuilder<Listed>();
        void Add(ListedKind kind, string name, Expr value)
        {
            lines.Add(new(kind, name, value));
            names.TryAdd(value, name);
        }
        foreach (var (name, variable) in Printed.Variables([.. all, .. gradients.Select(g => g.Variable)]))
        {
            taken.Add(name);
            Add(ListedKind.Input, name, variable);
        }
        var count = 0;
        string Numbered()
        {
            do count++;
            while (!taken.Add($"%{count}"));
            return $"%{count}";
        }
        void Let(Expr node)
        {
            if (!names.ContainsKey(node) && !IsNumber(node)) Add(ListedKind.Let, node.Origin.Name is { } own ? Printed.Fresh(own, taken) : Numbered(), node);
        }
        foreach (var node in Traversal.Topological(roots)) Let(node);
        foreach (var (name, value) in results) lines.Add(new(ListedKind.Result, name, value));
        foreach (var (of, cotangent) in back)
        {
            foreach (var node in Traversal.Topological([cotangent], e => names.ContainsKey(e) ? [] : e.Args))
                if (node != cotangent) Let(node);
            var name = names.GetValueOrDefault(of, Printer.Short(of));
            Add(ListedKind.Let, Printed.Fresh(Lexer.IsNumbered(name) ? $"%d{name[1..]}" : $"d{name}", taken), cotangent);
        }
        foreach (var node in Traversal.Topological(gradients.Select(g => g.Value), e => names.ContainsKey(e) ? [] : e.Args)) Let(node);
        foreach (var (variable, value) in gradients) lines.Add(new(ListedKind.Derivative, names.GetValueOrDefault(variable, Printer.Short(variable)), value));
        return new(lines.ToImmutable());
    }

    /// <summary>Reads a listing.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="inputs">Variables for inputs of their names; others are made.</param>
    /// <param name="vocabulary">The functions that may be called; the standard ones when none are given.</param>
    /// <exception cref="SyntaxException">A line is none, a name is not known, or a shape is not the one stated.</exception>
    public static Listing Parse(string text, IReadOnlyDictionary<string, Expr>? inputs = null, Vocabulary? vocabulary = null) => Origin.OfText(() =>
    {
        var statements = Grammar.ReadListing(text);
        var sizes = statements.SelectMany(s => s.Let.Lengths?.Items ?? []).SelectMany(Names).ToHashSet(StringComparer.Ordinal);
        var variables = new Dictionary<string, Expr>(StringComparer.Ordinal);
        var builder = new Builder(text, vocabulary ?? Vocabulary.Standard, variables) { Lengths = new(text, name => sizes.Contains(name) && !variables.ContainsKey(name)) };
        var lines = ImmutableArray.CreateBuilder<Listed>();
        foreach (var (kind, let) in statements)
        {
            var value = kind switch
            {
                ListedKind.Input => variables[let.Name] = inputs?.GetValueOrDefault(let.Name) is { } known && known.Shape == builder.Shape(let.Lengths!) ? known : Expr.Variable(let.Name, builder.Shape(let.Lengths!)),
                ListedKind.Let => builder.Bind(let),
                _ => builder.Typed(let),
            };
            if (value is not null) lines.Add(new(kind, let.Name, value));
        }
        return new Listing(lines.ToImmutable());
    });

    /// <summary>The type of an array of reals: <c>real[n,40]</c>.</summary>
    public static string Type(Shape shape) => $"real[{string.Join(",", shape)}]";

    /// <summary>The lines as text, with a blank one where the kind of line changes.</summary>
    public IEnumerable<string> Text()
    {
        var names = new Dictionary<Expr, string>();
        var functions = new Printed();
        var body = new List<(ListedKind Kind, string Text)>();
        foreach (var line in Lines)
        {
            var right = line.Kind == ListedKind.Input ? "" : $" = {Right(line.Value, names, functions)}";
            body.Add((line.Kind, $"{Words[line.Kind]} {Lexer.Spelled(line.Name)} : {Type(line.Value.Shape)}{right}"));
            if (line.Kind is ListedKind.Input or ListedKind.Let) names.TryAdd(line.Value, line.Name);
        }
        foreach (var function in functions.Functions.Split('\n', StringSplitOptions.RemoveEmptyEntries)) yield return function;
        ListedKind? before = functions.Functions.Length > 0 ? ListedKind.Let : null;
        foreach (var (kind, text) in body)
        {
            if (before is { } other && other != kind) yield return "";
            yield return text;
            before = kind;
        }
    }

    public override string ToString() => string.Join("\n", Text());

    private static string Right(Expr value, Dictionary<Expr, string> names, Printed functions)
    {
        Spelled Part(Expr e) => names.TryGetValue(e, out var name) ? new(Lexer.Spelled(name), Spelled.Atom, 0) : e.Op.Match(new Spelling(e, Part, functions.Called, Written.Line(names.ContainsKey)));
        return Part(value).Text;
    }

    /// <summary>A number, or one repeated: it is written where it is used.</summary>
    private static bool IsNumber(Expr e) => e.Op is Op.Literal || e is { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal }] };

    private static IEnumerable<string> Names(Syntax length) => length switch
    {
        Syntax.Name n => [n.Label],
        Syntax.Negation n => Names(n.Operand),
        Syntax.Infix i => Names(i.Left).Concat(Names(i.Right)),
        Syntax.Call c => c.Args.SelectMany(a => Names(a.Value)),
        _ => [],
    };
}
