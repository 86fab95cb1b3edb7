using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>An array of at most two axes as a matrix: a vector is a column.</summary>
internal static class MatrixSize
{
    public static Dim Rows(Shape shape) => shape.Rank == 0 ? 1 : shape[0];

    public static Dim Columns(Shape shape) => shape.Rank < 2 ? 1 : shape[1];
}
