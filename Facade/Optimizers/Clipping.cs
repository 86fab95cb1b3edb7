using AutoDiffAE.Graph;

namespace AutoDiffAE.Optimizers;

/// <summary>Gradients that are too large made smaller. Those within the bound stay as they are, to the last bit.</summary>
public static class Clipping
{
    /// <summary>Each element within ±c. The direction may change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">c is not positive.</exception>
    public static GradientRule ByValue(double bound)
    {
        var c = Bound(bound);
        return (gradients, _) => [.. gradients.Select(g => g.Clip(-c, c))];
    }

    /// <summary>Each parameter's gradient by itself: g min(1, c / ‖g‖), with the norm over all elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">c is not positive.</exception>
    public static GradientRule ByNorm(double bound)
    {
        var c = Bound(bound);
        return (gradients, _) => [.. gradients.Select(g => g * Within(c, g.Square().Sum()))];
    }

    /// <summary>
    /// All gradients together: each times min(1, c / n), where n² = Σ ‖g‖² over the parameters. The direction of the step stays. R. Pascanu, T. Mikolov,
    /// Y. Bengio, ICML 2013. (PyTorch and Lasagne divide by n + 10⁻⁶ and n + 10⁻⁷.)
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">c is not positive.</exception>
    public static GradientRule ByGlobalNorm(double bound)
    {
        var c = Bound(bound);
        return (gradients, _) =>
        {
            if (gradients.IsEmpty) return gradients;
            var factor = Within(c, gradients.Select(g => g.Square().Sum()).Aggregate((a, b) => a + b));
            return [.. gradients.Select(g => g * factor)];
        };
    }

    /// <summary>c / max(n, c), which is exactly 1 for n ≤ c and never divides by 0.</summary>
    private static Expr Within(double c, Expr squares) => c / Formulas.Maximum(squares.Sqrt(), c);

    private static double Bound(double bound) => double.IsFinite(bound) && bound > 0
        ? bound
        : throw new ArgumentOutOfRangeException(nameof(bound), $"gradients cannot be clipped to {Printer.Number(bound)}, to a positive number they can");
}
