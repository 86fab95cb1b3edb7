using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading;

/// <summary>An array of at most two axes as a matrix: a vector is a column.</summary>
internal readonly record struct MatrixSize(Dim Rows, Dim Columns)
{
    public static MatrixSize Of(Shape shape) => new(shape.Rank == 0 ? 1 : shape[0], shape.Rank < 2 ? 1 : shape[1]);
}
