using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Optimizers;

/// <summary>The usual constraints of parameters.</summary>
public static class Constraints
{
    /// <summary>
    /// w min(1, c / ‖w‖), with the norm over some axes: what a unit or a filter is summed with has at most the norm c. By default the axes are 0 of dense weights
    /// (in, out) and all but 0 of filters (out, in, …), and what has fewer axes is left as it is: Lasagne's <c>norm_constraint</c>, but that values within the
    /// bound keep their bits. N. Srivastava and others, JMLR 15, 2014.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">c is not positive.</exception>
    public static Constraint MaxNorm(double bound, IReadOnlyCollection<int>? axes = null)
    {
        var c = Bound(bound);
        return w => Over(w.Shape, axes) is { } over ? w * (c / Formulas.Maximum(Norm(w, over), c)) : w;
    }

    /// <summary>w / ‖w‖, with the norm over the axes of <see cref="MaxNorm"/>; 0 stays 0.</summary>
    public static Constraint UnitNorm(IReadOnlyCollection<int>? axes = null) => w => Over(w.Shape, axes) is { } over ? Scaled(w, Norm(w, over)) : w;

    private static Expr Scaled(Expr w, Expr norm) => w / Formulas.Where(norm, norm, 1);

    /// <summary>max(w, 0)</summary>
    public static Constraint NonNegative { get; } = w => w.Relu();

    private static Expr Norm(Expr w, IReadOnlyCollection<int> axes) => w.Square().Sum(axes, keepDims: true).Sqrt();

    private static IReadOnlyCollection<int>? Over(Shape shape, IReadOnlyCollection<int>? axes) => axes ?? shape.Rank switch
    {
        < 2 => null,
        2 => [0],
        _ => [.. Enumerable.Range(1, shape.Rank - 1)],
    };

    private static double Bound(double bound) => double.IsFinite(bound) && bound > 0
        ? bound
        : throw new ArgumentOutOfRangeException(nameof(bound), $"norms cannot be kept within {Printer.Number(bound)}, within a positive number they can");
}
