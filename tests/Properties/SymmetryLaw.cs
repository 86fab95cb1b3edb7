using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>⟨a, H b⟩ = ⟨b, H a⟩ for the Hessian H of ⟨u, y⟩, by the gradient of the gradient.</summary>
public static class SymmetryLaw
{
    private const double Tolerance = 1e-12;

    /// <exception cref="LawException">The Hessian is not symmetric.</exception>
    public static void Holds(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        List<Input> wrt = [.. draw.Inputs.Where(i => i.Varies)];
        if (wrt.Count == 0) return;
        var rules = GradientOptions.Default with { Pullbacks = given.Pullbacks, Disconnected = Disconnected.Zero };
        var u = Expr.Variable("u", y.Shape);
        var gradients = Gradient.Of([new Seed(y, u)], wrt.Select(i => i.Variable), rules);
        var point = draw.Inputs.Select(i => (i.Variable, i.Value)).ToList();
        point.Add((u, draw.Values(given.Evaluator.Evaluate([y], point)[0].Sizes.ToArray(), draw.Signed)));
        IReadOnlyList<Expr> Directions(string name) => [.. wrt.Select((x, i) => Expr.Variable($"{name}{i}", x.Variable.Shape))];
        var (a, b) = (Directions("a"), Directions("b"));
        point.AddRange(a.Concat(b).Zip(wrt.Concat(wrt), (v, x) => (v, draw.Values(x.Value.Sizes.ToArray(), draw.Signed))));
        IReadOnlyList<Expr> Product(IReadOnlyList<Expr> v) =>
            Gradient.Of([new Seed(gradients.Zip(v, (g, d) => (g * d).Sum()).Aggregate((s, t) => s + t))], wrt.Select(i => i.Variable), rules);
        // Each term of the two sums by itself: what they add up to may be small though the terms are not.
        var terms = given.Evaluator.Evaluate([.. Product(b).Zip(a, (h, v) => h * v), .. Product(a).Zip(b, (h, v) => h * v)], point);
        double[] Values(IEnumerable<Tensors.Tensor<double>> part) => [.. part.SelectMany(t => t.Span.ToArray())];
        var (left, right) = (Values(terms.Take(wrt.Count)), Values(terms.Skip(wrt.Count)));
        var scale = 1 + left.Concat(right).Sum(Math.Abs);
        if (!(Math.Abs(left.Sum() - right.Sum()) <= Tolerance * scale))
            throw new LawException($"⟨a, H b⟩ = {left.Sum():R} but ⟨b, H a⟩ = {right.Sum():R}");
    }
}
