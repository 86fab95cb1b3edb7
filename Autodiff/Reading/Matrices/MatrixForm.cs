using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>
/// An expression as a formula of matrices, such as 2 Xᵀ (X W - Y): products, transposes, inverses, traces and determinants in the normal form of
/// <see cref="MatrixAlgebra"/>. It is for reading: nothing computes by it.
/// </summary>
/// <remarks>K. B. Petersen and M. S. Pedersen, "The Matrix Cookbook", 2012.</remarks>
public sealed record MatrixForm
{
    private readonly MatrixTerm _term;

    private MatrixForm(MatrixTerm term, string text) => (_term, Text) = (term, text);

    /// <summary>The formula in the expression language, over the variables by <see cref="Printer.Variables"/>: it reads back to the same values.</summary>
    public string Text { get; }

    /// <summary>The form of an expression of at most two axes; null where it has none, since something in it is no operation of matrices, or it is too long to read.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="symmetric">Square variables that are taken to equal their transposes; in no other way does the form depend on it.</param>
    public static MatrixForm? Of(Expr expression, params IEnumerable<Expr> symmetric)
    {
        if (expression.Rank > 2 || MatrixDefinitions.Read(expression, symmetric.Where(IsSquare).ToHashSet()) is not { } term) return null;
        var names = Printer.Variables(expression).ToDictionary(v => v.Value, v => v.Key);
        return new(term, new MatrixText(v => Spelled(names[v])).Of(term, expression.Rank));
    }

    /// <summary>Whether an expression has more than elementwise operations, repetitions and sums.</summary>
    internal static bool Mentions(Expr expression) => Traversal.Topological([expression])
        .Any(e => e.Op is not (Op.Map or Op.Variable or Op.Literal or Op.Constant or Op.SizeOf or Op.BroadcastTo or Op.Sum or Op.Reshape));

    /// <summary>The formula as LaTeX's mathematics, with names that are LaTeX already.</summary>
    public string Latex(IReadOnlyDictionary<Expr, string> names) => new MatrixLatex(v => names[v]).Of(_term);

    private static bool IsSquare(Expr e) => e.Shape.Dims is [var n, var m] && n == m;

    private static string Spelled(string name) => Printer.Print(Expr.Variable(name));
}
