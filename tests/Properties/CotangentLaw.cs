using AutoDiffAE.Graph;

namespace AutoDiffAE.Properties;

/// <summary>Jᵀ(u + 2w) = Jᵀu + 2 Jᵀw: a pullback uses its cotangent linearly.</summary>
public static class CotangentLaw
{
    private const double Tolerance = 1e-12;

    /// <exception cref="LawException">It does not.</exception>
    public static void Holds(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        List<Input> wrt = [.. draw.Inputs.Where(i => i.Varies)];
        var (u, w) = (Expr.Variable("u", y.Shape), Expr.Variable("w", y.Shape));
        IReadOnlyList<Expr> Pulled(Expr cotangent) => Gradient.Of([new Seed(y, cotangent)], wrt.Select(i => i.Variable),
            GradientOptions.Default with { Pullbacks = given.Pullbacks, Disconnected = Disconnected.Zero });
        var point = draw.Inputs.Select(i => (i.Variable, i.Value)).ToList();
        var sizes = given.Evaluator.Evaluate([y], point)[0].Sizes.ToArray();
        point.AddRange([(u, draw.Values(sizes, draw.Signed)), (w, draw.Values(sizes, draw.Signed))]);
        var found = given.Evaluator.Evaluate([.. Pulled(u), .. Pulled(w), .. Pulled(u + 2 * w)], point);
        for (var i = 0; i < wrt.Count; i++)
        {
            var (first, second, both) = (found[i].Span.ToArray(), found[wrt.Count + i].Span.ToArray(), found[2 * wrt.Count + i].Span.ToArray());
            var scale = first.Concat(second).Concat(both).Select(Math.Abs).Append(1).Max();
            for (var j = 0; j < first.Length; j++)
                if (!(Math.Abs(both[j] - (first[j] + 2 * second[j])) <= Tolerance * scale))
                    throw new LawException($"element {j} of {Printer.Short(wrt[i].Variable)}: Jᵀ(u + 2w) = {both[j]:R} but Jᵀu + 2 Jᵀw = {first[j] + 2 * second[j]:R}");
        }
    }
}
