using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;
using static AutoDiffAE.Reading.MatrixAlgebra;

namespace AutoDiffAE.Reading;

/// <summary>From a graph of arrays of at most two axes to terms of matrices, node by node; null where a node is nothing of matrices.</summary>
/// <param name="known">What letters stand for.</param>
/// <param name="unread">Letters that stand for nothing of matrices.</param>
/// <param name="symmetric">Variables that equal their transposes.</param>
internal sealed class MatrixReading(IReadOnlyDictionary<Expr, MatrixTerm> known, IReadOnlySet<Expr> unread, IReadOnlySet<Expr> symmetric)
{
    /// <summary>A person reads no more; what is longer is no form.</summary>
    private const int Longest = 120;

    private readonly Dictionary<Expr, MatrixTerm?> _terms = [];

    public MatrixTerm? Of(Expr root)
    {
        foreach (var node in Traversal.Topological([root]))
            if (!_terms.ContainsKey(node)) _terms[node] = Node(node) is { } term && term.Length <= Longest ? term : null;
        return _terms[root];
    }

    private MatrixTerm? Node(Expr e) => e.Rank > 2 ? null : e.Op switch
    {
        _ when known.TryGetValue(e, out var term) => term,
        Op.Variable => unread.Contains(e) ? null : new MatrixTerm.Symbol(e, symmetric.Contains(e)),
        Op.Literal l => double.IsFinite(l.Value) ? Number(l.Value) : null,
        Op.SizeOf s => Length(s.Length),
        Op.Reshape when MatrixDiagonals.Placed(e) is { } on => Arg(on) is { } column ? OnDiagonal(column) : null,
        Op.Map when MatrixDiagonals.Masked(e) is { } masked => Arg(masked) is { } x ? OfDiagonal(x) : null,
        Op.Map m when e.Args.All(a => Arg(a) is not null) => Map(m.Function, e.Args.Select(a => Arg(a)!).ToSequence()),
        Op.MatMul => (Arg(e.Args[0]), Arg(e.Args[1])) is ({ } a, { } b) ? Times(a, b) : null,
        Op.Permute p => Arg(e.Args[0]) is { } x ? p.Order is [1, 0] ? Transposed(x) : x : null,
        Op.Reshape => Arg(e.Args[0]) is { } x ? Turned(x, MatrixSize.Of(e.Shape)) : null,
        Op.BroadcastTo => Arg(e.Args[0]) is { } x ? Repeated(e.Args[0].Shape.Rank == 1 && e.Rank == 2 ? Transposed(x) : x, e.Shape) : null,
        Op.Sum s => Arg(e.Args[0]) is { } x ? Summed(x, e.Args[0].Shape, s.Axes) : null,
        Op.Slice s when e.Args[0] is { Op: Op.Pad p, Args: [var x] } && p.Ranges.Equals(s.Ranges) => Arg(x),
        _ => null,
    };

    private MatrixTerm? Arg(Expr e) => known.TryGetValue(e, out var term) ? term : _terms.TryGetValue(e, out var read) ? read : null;

    private static MatrixTerm Map(ScalarFunction f, Sequence<MatrixTerm> a) => f.IsOwn ? f.Name switch
    {
        "add" => Plus(a[0], a[1]),
        "sub" => Plus(a[0], Negative(a[1])),
        "neg" => Negative(a[0]),
        "mul" or "chain" => ElementProduct(a[0], a[1]),
        "div" => ElementProduct(a[0], ElementPower(a[1], -1)),
        "reciprocal" => ElementPower(a[0], -1),
        "square" => ElementPower(a[0], 2),
        "pow" when Filling(a[1]) is MatrixTerm.Product { Numbers.Count: 0, Factors.Count: 0, Coefficient: { Under: 1, Over: var n } } && n is >= -9 and <= 9 && Math.Floor(n) == n => ElementPower(a[0], (int)n),
        _ => Mapped(f, a),
    } : Mapped(f, a);

    /// <summary>A column becomes a row, or the reverse, or nothing changes.</summary>
    private static MatrixTerm? Turned(MatrixTerm x, MatrixSize size) =>
        x.Rows == size.Rows && x.Columns == size.Columns ? x
        : x.Rows == size.Columns && x.Columns == size.Rows && !x.IsWide ? Transposed(x)
        : null;

    private static MatrixTerm Repeated(MatrixTerm x, Shape target)
    {
        var (rows, columns) = MatrixSize.Of(target);
        var tall = x.Rows.Is(1) && !rows.Is(1) ? Times(new MatrixTerm.Ones(rows), x) : x;
        return tall.Columns.Is(1) && !columns.Is(1) ? Times(tall, Transposed(new MatrixTerm.Ones(columns))) : tall;
    }

    /// <summary>Σ over rows is Aᵀ 1, as a column; Σ over columns A 1.</summary>
    private static MatrixTerm Summed(MatrixTerm x, Shape shape, Axes axes)
    {
        var tall = axes.Contains(0) && !x.Rows.Is(1) ? Times(Transposed(new MatrixTerm.Ones(x.Rows)), x) : x;
        var summed = axes.Contains(1) && !x.Columns.Is(1) ? Times(tall, new MatrixTerm.Ones(x.Columns)) : tall;
        return shape.Rank == 2 && axes.Count == 1 && axes[0] == 0 ? Transposed(summed) : summed;
    }

    /// <summary>Of s 1 1ᵀ, a 1ᵀ and 1 aᵀ what stands on the diagonal, else 0.</summary>
    private static MatrixTerm? OfDiagonal(MatrixTerm x) => Filling(x) is { } number ? Times(number, Unit(x.Rows)) : AsProduct(x) switch
    {
        { Factors: [.., MatrixTerm.Transpose { Of: MatrixTerm.Ones }] } p => OnDiagonal(Times(p, new MatrixTerm.Ones(x.Columns)) is var sums ? Times(Raised(Length(x.Columns), -1), sums) : p),
        { Factors: [MatrixTerm.Ones, ..] } p => OfDiagonal(Transposed(p)),
        { Factors: [MatrixTerm.Identity] } p => p,
        _ => null,
    };
}
