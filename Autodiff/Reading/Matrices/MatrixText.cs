using AutoDiffAE.Graph;
using static AutoDiffAE.Reading.MatrixAlgebra;
using static AutoDiffAE.Reading.MatrixTerm;

namespace AutoDiffAE.Reading;

/// <summary>
/// A term in the expression language, which reads it back. There a vector has one axis and a number none, so each part is written for the number of axes that
/// is wanted of it.
/// </summary>
/// <param name="names">The names of the variables.</param>
internal sealed partial class MatrixText(Func<Expr, string> names)
{
    private const int Addition = 1, Multiplication = 2, Sign = 3, Power = 4, Atom = 5;

    private readonly record struct Part(string Text, int Level)
    {
        public string At(int level) => Level >= level ? Text : $"({Text})";
    }

    /// <summary>The text of an array with so many axes.</summary>
    public string Of(MatrixTerm term, int rank) => (term.IsNumber ? Cast(Write(term, 0), 0, rank, term) : Write(term, rank)).Text;

    private Part Write(MatrixTerm term, int rank) => term switch
    {
        Product p => WriteProduct(p, rank),
        Symbol s => Cast(One(s), s.Node.Rank, rank, s),
        { IsWide: false, IsNumber: false } when term.Rows.Is(1) => WriteRow(term, rank),
        Sum s => WriteSum(s, rank),
        Transpose t => Cast(new($"{Write(t.Of, 2).At(Atom)}.T", Atom), 2, rank, t),
        Ones o => new(rank == 1 ? $"ones({o.Height})" : $"ones({o.Height}, 1)", Atom),
        _ => Cast(One(term), Axes(term) ?? rank, rank, term),
    };

    /// <summary>A row is written as the column of one axis that it is the transpose of, or as that column transposed.</summary>
    private Part WriteRow(MatrixTerm term, int rank) => Transposed(term) is var column && rank == 1 ? Write(column, 1)
        : Axes(column) == 2 ? new($"{Write(column, 2).At(Atom)}.T", Atom)
        : Cast(Write(column, 1), 1, 2, term);

    private Part One(MatrixTerm term) => term switch
    {
        Symbol s => new(names(s.Node), Atom),
        Identity i => Call("eye", $"{i.Height}"),
        Size s => Call("size", $"{s.Of}"),
        Inverse i => Call("inv", Write(i.Of, 2).Text),
        Diagonal d => Call("diag", Write(d.Of, 1).Text),
        Invariant i => Call(i.Function, Write(i.Of, 2).Text),
        Elementwise e => Call(e.Function.Name, string.Join(", ", Aligned(e.Args, e.IsNumber ? 0 : Axes(e) ?? 1).Select(a => a.Text))),
        Hadamard h => WriteHadamard(h),
        _ => throw new InvalidOperationException($"{term}"),
    };

    private static Part Call(string name, string args) => new($"{name}({args})", Atom);

    private static Part Call(MatrixFunction function, string of) => function switch
    {
        MatrixFunction.Trace => Call("trace", of),
        MatrixFunction.Determinant => Call("det", of),
        MatrixFunction.DeterminantSign => new($"slogdet({of})[0]", Atom),
        _ => new($"slogdet({of})[1]", Atom),
    };

    /// <summary>How many axes it has in the language, written plainly; null where it may have one or two.</summary>
    private static int? Axes(MatrixTerm term) => term switch
    {
        Symbol s => s.Node.Rank,
        Ones => null,
        Size or Invariant => 0,
        { IsNumber: true } => 0,
        { IsWide: true } => 2,
        Transpose t => Axes(t.Of),
        Elementwise e => e.Args.Select(Axes).FirstOrDefault(r => r is not null),
        Hadamard h => h.Factors.Select(f => Axes(f.Base)).FirstOrDefault(r => r is not null),
        Sum s => s.Terms.Select(Axes).FirstOrDefault(r => r is not null),
        Product p => Axes(p.Rows.Is(1) ? p.Factors[0] : p.Factors[^1]) ?? (p.Factors.Count > 1 ? 1 : null),
        _ => 2,
    };

    /// <summary>The same elements with another number of axes.</summary>
    private static Part Cast(Part part, int from, int to, MatrixTerm term) =>
        from == to ? part : to == 0 ? Call("sum", part.Text) : Call("reshape", $"{part.Text}, {(to == 1 ? $"({(term.Rows.Is(1) ? term.Columns : term.Rows)})" : $"({term.Rows}, {term.Columns})")}");
}
