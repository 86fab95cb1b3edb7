using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Graph;

/// <summary>
/// Random numbers as functions of a key and a step: equal keys and steps give equal numbers, in every precision and for any number of
/// threads. A training function counts its steps in a variable that it updates.
/// </summary>
public static partial class Formulas
{
    /// <summary>Uniform in [0, 1), multiples of 2⁻²⁴.</summary>
    /// <exception cref="ShapeException">The step is not a scalar.</exception>
    public static Expr Uniform(Key key, Shape shape, Expr? step = null) => Expr.Of(new Op.Uniform(key.Value, shape), step ?? 0);

    /// <summary>Of mean 0 and deviation 1, by Box and Muller: √(-2 ln(1 - u)) cos 2πv, which is at most 5.8.</summary>
    /// <exception cref="ShapeException">The step is not a scalar.</exception>
    public static Expr Normal(Key key, Shape shape, Expr? step = null) => Definition.Apply("normal", [step ?? 0], p =>
        (-2 * (-Uniform(key.Fold("radius"), shape, p[0])).Log1p()).Sqrt() * (2 * Math.PI * Uniform(key.Fold("angle"), shape, p[0])).Cos(),
        $"{shape}, key={Language.Spelling.Key(key.Value)}, step={{0}}");

    /// <summary>1 with the probabilities p, else 0; no gradient reaches p.</summary>
    /// <exception cref="ShapeException">The step is not a scalar.</exception>
    public static Expr Bernoulli(this Expr p, Key key, Expr? step = null) => Expr.Greater(p, Uniform(key, p.Shape, step));

    /// <summary>0 … length - 1 in a random order: the order of so many uniform numbers, of which two are equal once in 2²⁴.</summary>
    /// <exception cref="ShapeException">The step is not a scalar, or the length may be negative.</exception>
    public static Expr Permutation(Key key, Dim length, Expr? step = null) => Uniform(key, [length], step).ArgSort(0);

    /// <summary>
    /// Each element is 0 with the probability p and else x / (1 - p), so that the mean stays (N. Srivastava et al., "Dropout", 2014).
    /// </summary>
    /// <exception cref="ArgumentException">p is not in [0, 1).</exception>
    public static Expr Dropout(this Expr x, double p, Key key, Expr? step = null) => p is >= 0 and < 1
        ? x * Expr.GreaterOrEqual(Uniform(key, x.Shape, step), p) / (1 - p)
        : throw new ArgumentException($"dropout drops with a probability of at least 0 and below 1, not {Printer.Number(p)}");
}
