using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Forward mode is the transpose of reverse mode: Jv by pushforwards = Jv by two pullbacks, and ⟨u, Jv⟩ = ⟨Jᵀu, v⟩.</summary>
public static class PushforwardLaw
{
    private const double Tolerance = 1e-12;

    public static void Holds(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        var along = draw.Inputs.Where(i => i.Varies).Select((x, i) => (X: x.Variable, Tangent: Expr.Variable($"t{i}", x.Variable.Shape))).ToList();
        var u = Expr.Variable("u", y.Shape);
        var forward = Jvp.Of([y], along, given.Pushforwards, Disconnected.Zero)[0];
        var twice = Jvp.ByDoublePullback([y], along, given.Pullbacks, Disconnected.Zero)[0];
        var transposed = Gradient.Of([new Seed(y, u)], along.Select(p => p.X),
            GradientOptions.Default with { Pullbacks = given.Pullbacks, Disconnected = Disconnected.Zero });

        var values = draw.Inputs.Select(i => (i.Variable, i.Value)).ToList();
        values.AddRange(along.Select((p, i) => (p.Tangent, Signed(draw.Inputs.Where(x => x.Varies).ElementAt(i).Value, draw))));
        values.Add((u, Signed(given.Evaluator.Evaluate([y], values)[0], draw)));
        var nodes = Traversal.Topological([forward, twice, .. transposed]);
        var all = nodes.Zip(given.Evaluator.Evaluate(nodes, values)).ToDictionary(p => p.First, p => p.Second);
        var scale = all.Values.SelectMany(v => v.Span.ToArray()).Select(Math.Abs).Append(1).Max();
        var (jv, again) = (all[forward], all[twice]);
        for (var i = 0; i < jv.Length; i++)
            if (!(Math.Abs(jv.Span[i] - again.Span[i]) <= Tolerance * scale))
                throw new InvalidOperationException($"element {i} of Jv is {jv.Span[i]:R} forward, {again.Span[i]:R} by two pullbacks, for {y}; {draw}");

        var at = values.ToDictionary(v => v.Variable, v => v.Value);
        var (left, right) = (GradientLaw.Dot(at[u], jv), along.Zip(transposed, (p, g) => GradientLaw.Dot(all[g], at[p.Tangent])).Sum());
        var norms = Norm(at[u]) * Norm(jv) + along.Zip(transposed, (p, g) => Norm(all[g]) * Norm(at[p.Tangent])).Sum();
        if (!(Math.Abs(left - right) <= Tolerance * norms))
            throw new InvalidOperationException($"⟨u, Jv⟩ = {left:R} but ⟨Jᵀu, v⟩ = {right:R} for {y}; {draw}");
    }

    private static Tensor<double> Signed(Tensor<double> like, Draw draw) => draw.Values(like.Sizes.ToArray(), draw.Signed);

    private static double Norm(Tensor<double> x) => Math.Sqrt(GradientLaw.Dot(x, x));
}
