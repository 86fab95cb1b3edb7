using System.Collections.Immutable;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reading;

/// <summary>A matrix of a tensor's last two axes as shades: each element by its sign and its size beside the largest. What is too long is sampled evenly.</summary>
/// <param name="Index">Where on the axes before it stands.</param>
/// <param name="RowStep">Of so many rows one is shown.</param>
/// <param name="ColumnStep">Of so many columns one is shown.</param>
/// <param name="Shades">For each element shown, from -<see cref="Darkest"/> to <see cref="Darkest"/>; null for what is no finite number.</param>
internal sealed record HeatMap(ImmutableArray<int> Index, int Rows, int Columns, int RowStep, int ColumnStep, ImmutableArray<int?> Shades)
{
    public const int Darkest = 30;

    /// <summary>The first matrices of a tensor; a vector is one row.</summary>
    /// <param name="most">So many rows and columns at most.</param>
    public static IEnumerable<HeatMap> Of(Tensor<double> tensor, int most, int matrices)
    {
        if (tensor.Length == 0) yield break;
        var sizes = tensor.Sizes.ToArray();
        var (rows, columns) = (sizes.Length > 1 ? sizes[^2] : 1, sizes.Length > 0 ? sizes[^1] : 1);
        var (rowStep, columnStep) = ((rows + most - 1) / most, (columns + most - 1) / most);
        var largest = Largest(tensor);
        for (var m = 0; m < Math.Min(matrices, tensor.Length / (rows * columns)); m++)
        {
            var start = m * rows * columns;
            var shades = from row in Steps(rows, rowStep) from column in Steps(columns, columnStep) select Shade(tensor.Span[start + row * columns + column], largest);
            yield return new(Checking.Point.Index(sizes.AsSpan(0, Math.Max(0, sizes.Length - 2)), m), (rows + rowStep - 1) / rowStep, (columns + columnStep - 1) / columnStep, rowStep, columnStep, [.. shades]);
        }
    }

    private static IEnumerable<int> Steps(int length, int step) => Enumerable.Range(0, (length + step - 1) / step).Select(i => i * step);

    private static double Largest(Tensor<double> tensor)
    {
        var largest = 0.0;
        foreach (var v in tensor.Span)
            if (double.IsFinite(v)) largest = Math.Max(largest, Math.Abs(v));
        return largest;
    }

    private static int? Shade(double value, double largest) => !double.IsFinite(value) ? null : largest == 0 ? 0 : (int)Math.Round(Darkest * (value / largest));
}
