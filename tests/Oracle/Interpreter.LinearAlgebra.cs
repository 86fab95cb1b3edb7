using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

internal sealed partial class Interpreter
{
    /// <summary>By columns, from the definition of each element of L Lᵀ.</summary>
    public Tensor<double> Cholesky(Op.Cholesky op) => EachMatrix((a, l) =>
    {
        var n = a.GetLength(0);
        for (var j = 0; j < n; j++)
            for (var i = j; i < n; i++)
            {
                var rest = a[i, j] - Enumerable.Range(0, j).Sum(k => l[i, k] * l[j, k]);
                l[i, j] = i == j ? Math.Sqrt(rest) : rest / l[j, j];
            }
    });

    /// <summary>Row by row of what a full matrix of the triangle and its transpose say.</summary>
    public Tensor<double> TriangularSolve(Op.TriangularSolve op)
    {
        var b = args[1];
        var columns = b.Sizes[^1];
        return EachMatrix((a, x) =>
        {
            var n = a.GetLength(0);
            double E(int i, int j) => op.Transposed ? Read(j, i) : Read(i, j);
            double Read(int i, int j) => i == j && op.Unit ? 1 : i == j || i > j == op.Lower ? a[i, j] : 0;
            var order = Enumerable.Range(0, n);
            if (op.Lower == op.Transposed) order = order.Reverse();
            for (var column = 0; column < columns; column++)
            {
                var known = new List<int>();
                foreach (var i in order)
                {
                    x[i, column] = (x[i, column] - known.Sum(j => E(i, j) * x[j, column])) / E(i, i);
                    known.Add(i);
                }
            }
        }, b);
    }

    /// <summary>Elimination as in a textbook: rows exchanged, then multiples of the pivot's row subtracted.</summary>
    public Tensor<double> Lu(Op.Lu op) => EachMatrix((a, lu) =>
    {
        var n = a.GetLength(0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) lu[i, j] = a[i, j];
            lu[i, n] = i;
        }
        for (var k = 0; k < n; k++)
        {
            var best = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(lu[i, k]));
            for (var j = 0; j <= n; j++) (lu[k, j], lu[best, j]) = (lu[best, j], lu[k, j]);
            for (var i = k + 1; i < n; i++)
            {
                lu[i, k] = lu[k, k] == 0 ? 0 : lu[i, k] / lu[k, k];
                for (var j = k + 1; j < n; j++) lu[i, j] -= lu[i, k] * lu[k, j];
            }
        }
    });

    /// <summary>The result of each matrix of the first argument; it starts as the given values, or as zeros.</summary>
    private Tensor<double> EachMatrix(Action<double[,], double[,]> fill, Tensor<double>? start = null)
    {
        var target = Target;
        var (a, n) = (args[0], args[0].Sizes[^1]);
        var (rows, columns) = (target[^2], target[^1]);
        var count = target[..^2].Aggregate(1, (x, y) => x * y);
        return Tensor<double>.Of(Enumerable.Range(0, count).SelectMany(m =>
        {
            var (matrix, result) = (new double[n, n], new double[rows, columns]);
            for (var i = 0; i < n * n; i++) matrix[i / n, i % n] = a.Span[m * n * n + i];
            for (var i = 0; start is not null && i < rows * columns; i++) result[i / columns, i % columns] = start.Span[m * rows * columns + i];
            fill(matrix, result);
            return result.Cast<double>();
        }), target);
    }
}
