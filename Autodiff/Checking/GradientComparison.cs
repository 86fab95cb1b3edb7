using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Checking;

/// <summary>One element of a gradient beside the differences.</summary>
/// <param name="Argument">The variable with respect to which the gradient is taken.</param>
/// <param name="Element">Its element.</param>
/// <param name="Found">What the gradient says.</param>
/// <param name="Expected">What differences say, and how well they know: the tolerance.</param>
/// <param name="Slopes">The differences to the left and to the right, where the two numbers do not agree: at a kink they differ.</param>
/// <param name="Compared">How many elements of the argument were compared.</param>
public sealed record GradientComparison(Expr Argument, ImmutableArray<int> Element, double Found, Estimate Expected, (double Left, double Right)? Slopes, int Compared)
{
    private const double SmallStep = 1.0 / (1 << 20);

    public double Error => Math.Abs(Found - Expected.Value);

    public bool Agrees => FiniteDifferences.Agree(Found, Expected);

    /// <summary>Whether the element stands at a kink and its gradient is a subgradient there: no slope is right, and those between the two are not wrong.</summary>
    public bool IsSubgradient => Slopes is var (left, right) && Math.Abs(right - left) > 1e-3 * (1 + Math.Abs(left) + Math.Abs(right))
        && Found >= Math.Min(left, right) - 1e-4 * (1 + Math.Abs(left)) && Found <= Math.Max(left, right) + 1e-4 * (1 + Math.Abs(right));

    /// <summary>For each variable the element at which ∂⟨u, y⟩/∂x, for a random u, is furthest from the differences as a multiple of their error.</summary>
    /// <param name="y">An expression of any shape.</param>
    /// <param name="wrt">Variables that have values, on which y depends.</param>
    /// <param name="values">A value for each variable of y.</param>
    /// <param name="pullbacks">The table of rules; the standard one when none is given.</param>
    /// <param name="seed">Of the random cotangent, and of the choice of elements.</param>
    /// <param name="most">So many elements of a variable are compared, chosen at random where there are more.</param>
    /// <exception cref="DisconnectedException">y does not depend on one of wrt.</exception>
    public static ImmutableArray<GradientComparison> Worst(
        Expr y, IEnumerable<Expr> wrt, IEnumerable<(Expr Variable, Tensor<double> Value)> values, Pullbacks? pullbacks = null, int seed = 0, int most = 100)
    {
        ImmutableArray<Expr> xs = [.. wrt];
        var random = new Random(seed);
        var point = new Point([.. values]);
        var u = Expr.Variable("u", y.Shape);
        var cotangent = Point.Signed(point.Evaluate([y])[0], random);
        var weights = cotangent.Span.ToArray();
        return [.. xs.Zip(point.With((u, cotangent)).Evaluate(Gradient.Of(y, xs, u, pullbacks))).Where(p => p.Second.Length > 0).Select(p => Worst(p.First, p.Second))];

        GradientComparison Worst(Expr x, Tensor<double> gradient)
        {
            var sizes = gradient.Sizes.ToArray();
            var elements = Enumerable.Range(0, gradient.Length).ToArray();
            if (elements.Length > most) random.Shuffle(elements);
            var move = point.Along(y, x);
            Func<double, double[]> Along(int element)
            {
                var unit = Tensor<double>.Build(sizes, v => v[element] = 1);
                return t => move(unit, t);
            }
            return elements.Take(most).Select(i => (At: i, Estimate: FiniteDifferences.Best(Along(i), weights)))
                .Select(e => new GradientComparison(x, Point.Index(sizes, e.At), gradient.Span[e.At], e.Estimate, null, Math.Min(most, elements.Length)) is var c && c.Agrees
                    ? c : c with { Slopes = OneSided(Along(e.At), weights) })
                .MaxBy(c => c.Agrees ? c.Error / c.Expected.Error : c.IsSubgradient ? 2 : double.PositiveInfinity)!;
        }
    }

    private static (double Left, double Right) OneSided(Func<double, double[]> f, double[] weights)
    {
        var (below, here, above) = (f(-SmallStep), f(0), f(SmallStep));
        double Slope(double[] from, double[] to) => weights.Select((w, i) => w * (to[i] - from[i])).Sum() / SmallStep;
        return (Slope(below, here), Slope(here, above));
    }
}
