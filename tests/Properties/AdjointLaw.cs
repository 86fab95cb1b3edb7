using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

public enum Linearity
{
    None,

    /// <summary>Linear in all inputs together.</summary>
    Jointly,

    /// <summary>Linear in each input while the others are held.</summary>
    Separately,
}

/// <summary>⟨u, Jv⟩ = ⟨Jᵀu, v⟩ to 1e-12 of ‖u‖ ‖Jv‖. Jv of a linear operation is the operation applied to v, so no difference is taken.</summary>
public static class AdjointLaw
{
    /// <exception cref="LawException">They differ.</exception>
    public static void Holds(Expr y, Linearity linearity, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        List<Input> wrt = [.. draw.Inputs.Where(i => i.Varies)];
        var seed = Expr.Variable("seed", y.Shape);
        var transposed = Gradient.Of(y, wrt.Select(i => i.Variable), seed, given.Pullbacks);
        var groups = linearity == Linearity.Jointly ? [wrt] : wrt.Select(i => new List<Input> { i });
        foreach (var group in groups)
        {
            var v = group.ToDictionary(i => i, i => draw.Values(i.Value.Sizes.ToArray(), draw.Signed));
            var jv = given.Evaluator.Evaluate([y], [.. draw.Inputs.Select(i => (i.Variable, v.GetValueOrDefault(i, i.Value)))])[0];
            var u = draw.Values(jv.Sizes.ToArray(), draw.Signed);
            var jtu = given.Evaluator.Evaluate(transposed, [.. draw.Inputs.Select(i => (i.Variable, i.Value)), (seed, u)]);
            var (left, right) = (GradientLaw.Dot(u, jv), group.Sum(i => GradientLaw.Dot(jtu[wrt.IndexOf(i)], v[i])));
            if (!(Math.Abs(left - right) <= 1e-12 * PushforwardLaw.Norm(u) * PushforwardLaw.Norm(jv)))
                throw new LawException($"⟨u, Jv⟩ = {left:R} but ⟨Jᵀu, v⟩ = {right:R}, ‖u‖ = {PushforwardLaw.Norm(u):R}, ‖Jv‖ = {PushforwardLaw.Norm(jv):R}");
        }
    }
}
