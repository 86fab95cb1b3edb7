using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Tests.Autodiff.Reading.Matrices;

/// <summary>Random formulas of matrices: products, transposes, sums, inverses, traces, determinants, and a little that is elementwise.</summary>
internal sealed class MatrixDraw(Draw d)
{
    private readonly Dictionary<string, Expr> _variables = [];

    /// <summary>A number.</summary>
    public static Expr Cost(Draw d) => new MatrixDraw(d).Number(1 + d.Size / 2);

    private Dim Length() => d.Pick<Dim>("n", "n", 1, 2, 2, 3, 3);

    private Expr Variable(params Dim[] shape)
    {
        var name = $"{(shape.Length == 2 ? "M" : shape.Length == 1 ? "v" : "c")}{string.Concat(shape.Select(s => $"{s}"))}{(d.Coin() ? "a" : "b")}";
        return _variables.TryGetValue(name, out var known) ? known : _variables[name] = d.Input(name, new Shape([.. shape]));
    }

    private Expr Number(int depth)
    {
        if (depth == 0) return Variable();
        var (rows, columns) = (Length(), Length());
        return d.Int(0, 7) switch
        {
            0 => Matrix(rows, rows, depth - 1).Trace(),
            1 => Regular(depth - 1).Det() * 0.1,
            2 => Regular(depth - 1).SlogDet().Slice(0, new(1, 1)).Reshape(Shape.Scalar),
            3 => Column(rows, depth - 1).MatMul(Matrix(rows, columns, depth - 1)).MatMul(Column(columns, depth - 1)),
            4 => Matrix(rows, columns, depth - 1).Square().Sum(),
            5 => Matrix(rows, columns, depth - 1).Mean(),
            6 => Number(depth - 1) + Number(depth - 1),
            _ => Column(rows, depth - 1).Sum(),
        };
    }

    private Expr Column(Dim length, int depth)
    {
        if (depth == 0) return Variable(length);
        var inner = Length();
        return d.Int(0, 6) switch
        {
            0 => Matrix(length, inner, depth - 1).MatMul(Column(inner, depth - 1)),
            1 => Column(inner, depth - 1).MatMul(Matrix(inner, length, depth - 1)),
            2 => Column(length, depth - 1) - Column(length, depth - 1),
            3 => Matrix(inner, length, depth - 1).Sum([0]),
            4 => Number(depth - 1) * Column(length, depth - 1),
            5 => Column(length, depth - 1).Tanh(),
            _ => Variable(length),
        };
    }

    private Expr Matrix(Dim rows, Dim columns, int depth)
    {
        if (depth == 0) return Variable(rows, columns);
        var inner = Length();
        return d.Int(0, 11) switch
        {
            0 or 1 => Matrix(rows, inner, depth - 1).MatMul(Matrix(inner, columns, depth - 1)),
            2 => Matrix(columns, rows, depth - 1).Transpose(),
            3 => Matrix(rows, columns, depth - 1) + Matrix(rows, columns, depth - 1),
            4 => d.Pick(-1.0, 0.5, 2.0, 0.3) * Matrix(rows, columns, depth - 1),
            5 => Matrix(rows, columns, depth - 1) - Column(columns, depth - 1),
            6 => Formulas.Outer(Column(rows, depth - 1), Column(columns, depth - 1)),
            7 => Matrix(rows, columns, depth - 1).Sigmoid(),
            8 => 0.1 * Number(depth - 1) * Matrix(rows, columns, depth - 1),
            9 => Column(rows, depth - 1).Unsqueeze(1) * Matrix(rows, columns, depth - 1),
            10 when rows == columns && rows.Value is not null => Dominated(rows, depth - 1).Inv(),
            11 when rows.Value is not null => Dominated(rows, depth - 1).Solve(Matrix(rows, columns, depth - 1)),
            _ => Variable(rows, columns),
        };
    }

    private Expr Regular(int depth) => Dominated(d.Pick<Dim>(2, 3), depth);

    /// <summary>5 I and what is at most 1.</summary>
    private Expr Dominated(Dim length, int depth) => 5 * Formulas.Eye(length) + Matrix(length, length, depth).Tanh();
}
