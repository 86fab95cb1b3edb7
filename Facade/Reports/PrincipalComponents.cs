using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reports;

/// <summary>
/// Points seen along the two directions in which they differ most (K. Pearson, Philosophical Magazine 2, 1901): the first two eigenvectors of their
/// covariance, which a high power of it turns every vector to.
/// </summary>
/// <param name="Points">(n, 2), from the mean.</param>
/// <param name="First">The share of the variance along the first direction, 0 to 1.</param>
/// <param name="Second">Along the second.</param>
public sealed record PrincipalComponents(Tensor<double> Points, double First, double Second)
{
    /// <summary>The matrix is squared so often: the power is 2¹², and directions whose variances differ by a hundredth are told apart to e⁻⁴¹.</summary>
    private const int Squarings = 12;

    /// <summary>What is smaller, as a share of the variance, is rounding.</summary>
    private const double Negligible = 1e-9;

    /// <param name="points">(n, d) with n and d at least 1. Where there is no second direction, the second coordinate is 0.</param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static PrincipalComponents Of(Tensor<double> points)
    {
        if (points.Rank != 2 || points.Length == 0) throw new ArgumentException($"points of shape {points.Shape} found, (n, d) expected", nameof(points));
        var x = Expr.Variable("x", points.Sizes[0], points.Sizes[1]);
        var centred = x - x.Mean([0], keepDims: true);
        // XᵀX and XXᵀ have the same eigenvalues: from v of the first comes Xv of the second, which is the coordinate itself.
        var (n, wide) = ((double)points.Sizes[0], points.Sizes[1] > points.Sizes[0]);
        var products = (wide ? centred.MatMul(centred.Transpose()) : centred.Transpose().MatMul(centred)) / n;
        var variance = products.Trace();
        var (first, along) = Leading(products, variance);
        var (second, across) = Leading(products - along * first.MatMul(first.Transpose()), variance);
        Expr Coordinate(Expr direction, Expr eigenvalue) => wide ? direction * (n * eigenvalue).Relu().Sqrt() : centred.MatMul(direction);
        var seen = Formulas.Concatenate([Coordinate(first, along), Coordinate(second, across)], 1);
        var results = Compiler.Compile(new Computation([x], [seen, Share(along, variance), Share(across, variance)]), new Store<double>()).Invoke(points);
        return new(results[0], results[1].Value, results[2].Value);
    }

    /// <summary>The direction (d, 1) of the largest eigenvalue, and that value; both 0 where there is nothing but rounding.</summary>
    private static (Expr Direction, Expr Eigenvalue) Leading(Expr matrix, Expr variance)
    {
        var power = matrix * Inverse(matrix.Trace(), Negligible * variance);
        for (var i = 0; i < Squarings; i++) power = power.MatMul(power) is var squared ? squared * Inverse(squared.Trace(), double.Epsilon) : power;
        var d = (int)matrix.Shape[0].Value!.Value;
        var direction = power.MatMul(Expr.Constant(Tensor<double>.Build([d, 1], values => Philox.Normal(new Key(1), values))));
        var unit = direction * Inverse(direction.Square().Sum().Sqrt(), double.Epsilon);
        // Either sign would do: the one in which the largest coordinates are positive.
        var turned = unit * Formulas.Where(Expr.Greater(0, (unit * unit.Square()).Sum()), -1, 1);
        return (turned, (turned * matrix.MatMul(turned)).Sum());
    }

    private static Expr Inverse(Expr scale, Expr least) => Formulas.Where(Expr.Greater(scale, least), 1 / Formulas.Where(Expr.Greater(scale, least), scale, 1), 0);

    private static Expr Share(Expr eigenvalue, Expr variance) => eigenvalue * Inverse(variance, double.Epsilon);
}
