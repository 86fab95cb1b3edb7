using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>
/// An expression as a formula of matrices, such as 2 Xᵀ (X W - Y): products, transposes, inverses, traces and determinants in the normal form of
/// <see cref="MatrixAlgebra"/>. It is for reading: nothing computes by it.
/// </summary>
/// <remarks>K. B. Petersen and M. S. Pedersen, "The Matrix Cookbook", 2012.</remarks>
public sealed record MatrixForm
{
    private const int Rounds = 4;

    private readonly MatrixTerm _term;

    private MatrixForm(MatrixTerm term, string text) => (_term, Text) = (term, text);

    /// <summary>The formula in the expression language, over the variables by <see cref="Printer.Variables"/>: it reads back to the same values.</summary>
    public string Text { get; }

    /// <summary>The form of an expression of at most two axes; null where it has none, since something in it is no operation of matrices, or it is too long to read.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="symmetric">Square variables that are taken to equal their transposes; in no other way does the form depend on it.</param>
    public static MatrixForm? Of(Expr expression, params IEnumerable<Expr> symmetric)
    {
        var same = symmetric.Where(IsSquare).ToHashSet();
        if (expression.Rank > 2 || Once(expression, same, Printer.Variables(expression).ToDictionary(v => v.Value, v => v.Key)) is not { } form) return null;
        // The laws are tried in one order, and what a later one brings about may be for an earlier one: the form is read again until it stays.
        var known = Printer.Variables(expression).Concat(Sizes(expression)).ToDictionary();
        for (var round = 0; round < Rounds && Parser.Parse(form.Text, known) is var read; round++)
        {
            if (Once(read, same, known.ToDictionary(v => v.Value, v => v.Key)) is not { } again || again.Text == form.Text) break;
            form = again;
        }
        return form;
    }

    private static MatrixForm? Once(Expr expression, HashSet<Expr> symmetric, IReadOnlyDictionary<Expr, string> names) =>
        MatrixDefinitions.Read(expression, symmetric) is { } term ? new(term, new MatrixText(v => Spelled(names[v])).Of(term, expression.Rank)) : null;

    /// <summary>A vector for each size that has a name, so that the name can be read.</summary>
    private static IEnumerable<KeyValuePair<string, Expr>> Sizes(Expr expression) => Traversal.Topological([expression]).SelectMany(e => e.Op is Op.SizeOf of ? [of.Length] : e.Shape.Dims).SelectMany(d => d.Names).Distinct()
        .Select(size => KeyValuePair.Create($"a vector of {size}", Expr.Variable($"a vector of {size}", Dim.Named(size))));

    /// <summary>Whether an expression has more than elementwise operations, repetitions and sums.</summary>
    internal static bool Mentions(Expr expression) => Traversal.Topological([expression])
        .Any(e => e.Op is not (Op.Map or Op.Variable or Op.Literal or Op.Constant or Op.SizeOf or Op.BroadcastTo or Op.Sum or Op.Reshape));

    /// <summary>The formula as LaTeX's mathematics, with names that are LaTeX already.</summary>
    public string Latex(IReadOnlyDictionary<Expr, string> names) => new MatrixLatex(v => names[v]).Of(_term);

    private static bool IsSquare(Expr e) => e.Shape.Dims is [var n, var m] && n == m;

    private static string Spelled(string name) => Printer.Print(Expr.Variable(name));
}
