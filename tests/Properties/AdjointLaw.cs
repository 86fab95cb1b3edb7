using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

public enum Linearity
{
    None,

    /// <summary>Linear in all inputs together.</summary>
    Jointly,

    /// <summary>Linear in each input while the others are held.</summary>
    Separately,
}

/// <summary>⟨u, Jv⟩ = ⟨Jᵀu, v⟩. Jv of a linear operation is the operation applied to v, so no difference is taken.</summary>
public static class AdjointLaw
{
    public static void Holds(Expr y, Linearity linearity, Draw draw, LawOptions? options = null)
    {
        var (evaluator, rules) = (options ?? LawOptions.Default) is var o ? (o.Evaluator, o.Pullbacks) : default;
        List<Input> wrt = [.. draw.Inputs.Where(i => i.Varies)];
        var seed = Expr.Variable("seed", y.Shape);
        var transposed = Gradient.Of(y, wrt.Select(i => i.Variable), seed, rules);
        var groups = linearity == Linearity.Jointly ? [wrt] : wrt.Select(i => new List<Input> { i });
        foreach (var group in groups)
        {
            var v = group.ToDictionary(i => i, i => draw.Values(i.Value.Sizes.ToArray(), draw.Signed));
            var jv = evaluator.Evaluate([y], [.. draw.Inputs.Select(i => (i.Variable, v.GetValueOrDefault(i, i.Value)))])[0];
            var u = draw.Values(jv.Sizes.ToArray(), draw.Signed);
            var jtu = evaluator.Evaluate(transposed, [.. draw.Inputs.Select(i => (i.Variable, i.Value)), (seed, u)]);
            var (left, right) = (GradientLaw.Dot(u, jv), group.Sum(i => GradientLaw.Dot(jtu[wrt.IndexOf(i)], v[i])));
            if (!(Math.Abs(left - right) <= 1e-12 * (Norm(u) * Norm(jv) + 1e-3)))
                throw new InvalidOperationException($"⟨u, Jv⟩ = {left:R} but ⟨Jᵀu, v⟩ = {right:R} for {y}; {draw}");
        }
    }

    private static double Norm(Tensor<double> x) => Math.Sqrt(GradientLaw.Dot(x, x));
}
