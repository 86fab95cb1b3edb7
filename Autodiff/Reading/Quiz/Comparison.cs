using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>Values of two expressions of one shape at random points at which the second is finite.</summary>
internal sealed record Comparison(ImmutableArray<(Tensor<double> Came, Tensor<double> Needed)> Points)
{
    private const int Enough = 6;

    /// <summary>Rounding errors of graphs of this size are a thousand times smaller, and a wrong answer is not so near at a random point.</summary>
    private const double Relative = 1e-9, Absolute = 1e-13;

    /// <exception cref="ArgumentException">A size is named that no variable has.</exception>
    public static Comparison Of(Expr came, Expr needed, ImmutableArray<Expr> variables)
    {
        var function = Compiler.Compile<double>(new Computation(variables, [came, needed]));
        return new([.. SamplePoints.Of(variables).Select(at => Values(function, at)).OfType<(Tensor<double>, Tensor<double>)>().Take(Enough)]);
    }

    public bool AreEqual => AreEqualTimes(1);

    /// <summary>The number that makes what is needed what came, at every point; null where there is none.</summary>
    public double? Factor
    {
        get
        {
            var (came, needed, _) = Points.SelectMany(Elements).MaxBy(e => Math.Abs(e.Needed));
            var factor = needed == 0 ? 0 : came / needed;
            return factor != 0 && double.IsFinite(factor) && AreEqualTimes(factor) ? factor : null;
        }
    }

    /// <summary>The element in which both differ most at the first point at which they differ.</summary>
    public (double Came, double Needed, Sequence<int> Element) Worst
    {
        get
        {
            var point = Points.First(p => !Elements(p).All(e => IsNear(e.Came, e.Needed, Scale(p))));
            var (came, needed, at) = Elements(point).MaxBy(e => double.IsFinite(e.Came) ? Math.Abs(e.Came - e.Needed) : double.PositiveInfinity);
            return (came, needed, Position(at, point.Needed.Sizes));
        }
    }

    private bool AreEqualTimes(double factor) => Points.All(p => Elements(p).All(e => IsNear(e.Came, factor * e.Needed, Math.Abs(factor) * Scale(p))));

    private static bool IsNear(double a, double b, double scale) => Math.Abs(a - b) <= Relative * scale + Absolute;

    private static double Scale((Tensor<double> Came, Tensor<double> Needed) point) => Elements(point).Select(e => Math.Abs(e.Needed)).DefaultIfEmpty(0).Max();

    private static IEnumerable<(double Came, double Needed, int At)> Elements((Tensor<double> Came, Tensor<double> Needed) point)
    {
        for (var i = 0; i < point.Needed.Length; i++) yield return (point.Came.Span[i], point.Needed.Span[i], i);
    }

    private static (Tensor<double>, Tensor<double>)? Values(Function<double> function, ImmutableArray<Tensor<double>> at)
    {
        try
        {
            var values = function.Invoke(at.AsSpan());
            return values[1].Span.ToArray().All(double.IsFinite) ? (values[0], values[1]) : null;
        }
        catch (Exception e) when (e is ShapeException or IndexException)
        {
            // Sizes at which a window does not fit, an index beyond its axis: no point of the expression.
            return null;
        }
    }

    private static Sequence<int> Position(int flat, ReadOnlySpan<int> sizes)
    {
        var position = new int[sizes.Length];
        for (var axis = sizes.Length - 1; axis >= 0; axis--) (flat, position[axis]) = Math.DivRem(flat, sizes[axis]);
        return position.ToSequence();
    }
}
