using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

// Diagonals are counted by offset k = column - row: above the main one k is positive.
public static partial class Formulas
{
    /// <summary>1 where column - row = offset, else 0.</summary>
    public static Expr Eye(Dim rows, Dim? columns = null, int offset = 0) =>
        Definition.Apply("eye", [], _ => Expr.Equal(ColumnLessRow(rows, columns ?? rows), offset),
            Keywords.Of($"{rows}", columns is null || columns == rows ? null : $"{columns}", Keywords.Number("k", offset, 0)));

    /// <summary>The last two axes' elements on and below a diagonal, else 0.</summary>
    /// <exception cref="ShapeException">There are not two axes.</exception>
    public static Expr Tril(this Expr x, int offset = 0) => Triangle("tril", x, offset, (d, k) => LessOrEqual(d, k));

    /// <summary>The last two axes' elements on and above a diagonal, else 0.</summary>
    /// <exception cref="ShapeException">There are not two axes.</exception>
    public static Expr Triu(this Expr x, int offset = 0) => Triangle("triu", x, offset, (d, k) => Expr.GreaterOrEqual(d, k));

    private static Expr Triangle(string name, Expr x, int offset, Func<Expr, Expr, Expr> within) => x.Rank >= 2
        ? Definition.Apply(name, [x], p => Where(within(ColumnLessRow(x.Shape.Dims[^2], x.Shape.Dims[^1]), offset), p[0], 0), $"{offset}")
        : throw Refusal.Of(name, [x], "a matrix has two axes", Origin.Here());

    /// <summary>y[…, i] = x[…, i, i + k] of two axes, which are dropped for one at the end.</summary>
    /// <exception cref="ShapeException">
    /// An axis does not exist or is named twice, the diagonal lies outside, or lengths with names are not equal (then which is the smaller is open).
    /// </exception>
    public static Expr Diagonal(this Expr x, int offset = 0, int axis1 = 0, int axis2 = 1)
    {
        var (first, second) = (x.Shape.Axis(axis1), x.Shape.Axis(axis2));
        if (first == second) throw Refusal.Of("diagonal", [x], $"axis {first} is named twice", Origin.Here());
        var (row, column) = (Math.Max(-offset, 0), Math.Max(offset, 0));
        var (rows, columns) = (x.Shape[first] - row, x.Shape[second] - column);
        var length = x.Shape[first] == x.Shape[second] ? x.Shape[first] - Math.Abs(offset)
            : (rows.Value, columns.Value) is (long r, long c) ? (Dim)Math.Min(r, c)
            : throw Refusal.Of("diagonal", [x], $"which of the lengths {x.Shape[first]} and {x.Shape[second]} is the smaller is not known", Origin.Here());
        return Definition.Apply("diagonal", [x], p =>
        {
            var matrices = p[0].Permute([.. Enumerable.Range(0, x.Rank).Where(i => i != first && i != second), first, second]);
            return matrices.Shape.Dims[^1].Value is { } wide && length.Value is { } count
                ? matrices.Flatten(x.Rank - 2).Slice(x.Rank - 2, new(row * wide + column, Math.Max(count, 0), checked((int)wide + 1)))
                : (matrices.Slice(x.Rank - 2, new(row, length)).Slice(x.Rank - 1, new(column, length)) is var square
                    ? Where(Expr.Equal(ColumnLessRow(length, length), 0), square, 0).Sum([x.Rank - 1]) : matrices);
        }, Keywords.Of($"{offset}", $"{first}", $"{second}"));
    }

    /// <summary>Σᵢ x[i, i + k] of two axes.</summary>
    /// <exception cref="ShapeException">As of a diagonal.</exception>
    public static Expr Trace(this Expr x, int offset = 0, int axis1 = 0, int axis2 = 1) =>
        Definition.Apply("trace", [x], p => p[0].Diagonal(offset, axis1, axis2).Sum([-1]),
            Keywords.Of($"{offset}", $"{x.Shape.Axis(axis1)}", $"{x.Shape.Axis(axis2)}"));

    /// <summary>Of a vector the square matrix that has it on a diagonal and 0 elsewhere; of a matrix its diagonal.</summary>
    /// <exception cref="ShapeException">It is neither.</exception>
    public static Expr Diag(this Expr x, int offset = 0) => x.Rank switch
    {
        1 => Definition.Apply("diag", [x], p => OnDiagonal(p[0], offset), $"{offset}"),
        2 => Definition.Apply("diag", [x], p => p[0].Diagonal(offset), $"{offset}"),
        _ => throw Refusal.Of("diag", [x], "a vector or a matrix is needed", Origin.Here()),
    };

    private static Expr OnDiagonal(Expr x, int offset)
    {
        var size = x.Shape[0] + Math.Abs(offset);
        var (row, column) = (Math.Max(-offset, 0), Math.Max(offset, 0));
        return size.Value is { } n
            ? Expr.Of(new Op.Pad([new StridedRange(row * n + column, x.Shape[0], checked((int)n + 1))], [n * n]), x).Reshape(size, size)
            : Where(Expr.Equal(ColumnLessRow(size, size), offset), x.Pad((row, column)).Unsqueeze(1), 0);
    }

    private static Expr ColumnLessRow(Dim rows, Dim columns) => Iota(columns) - Iota(rows).Unsqueeze(1);
}
