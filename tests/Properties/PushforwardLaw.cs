using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Properties;

/// <summary>Forward mode is the transpose of reverse mode: Jv by pushforwards = Jv by two pullbacks, and ⟨u, Jv⟩ = ⟨Jᵀu, v⟩.</summary>
public static class PushforwardLaw
{
    private const double Tolerance = 1e-12;

    /// <summary>Both laws.</summary>
    /// <exception cref="LawException">One is broken.</exception>
    public static void Holds(Expr y, Draw draw, LawOptions? options = null)
    {
        Forward(y, draw, options);
        Adjoint(y, draw, options);
    }

    /// <summary>Jv by the rules of forward mode = Jv by two pullbacks.</summary>
    /// <exception cref="LawException">They differ.</exception>
    public static void Forward(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        var (along, values) = Along(draw);
        var forward = Jvp.Of([y], along, given.Pushforwards, Disconnected.Zero)[0];
        var twice = Jvp.ByDoublePullback([y], along, given.Pullbacks, Disconnected.Zero)[0];
        var nodes = Traversal.Topological([forward, twice]);
        var all = nodes.Zip(given.Evaluator.Evaluate(nodes, values)).ToDictionary(p => p.First, p => p.Second);
        var scale = all.Values.SelectMany(v => v.Span.ToArray()).Select(Math.Abs).Append(1).Max();
        var (jv, again) = (all[forward], all[twice]);
        for (var i = 0; i < jv.Length; i++)
            if (!(Math.Abs(jv.Span[i] - again.Span[i]) <= Tolerance * scale))
                throw new LawException($"element {i} of Jv is {jv.Span[i]:R} forward, {again.Span[i]:R} by two pullbacks");
    }

    /// <summary>
    /// ⟨u, Jv⟩ = ⟨Jᵀu, v⟩ to 1e-12 of ‖u‖ ‖Jv‖, for any operation: J by its pushforward, Jᵀ by its pullback. See
    /// <see cref="LawOptions.Cancellation"/>.
    /// </summary>
    /// <exception cref="LawException">They differ.</exception>
    public static void Adjoint(Expr y, Draw draw, LawOptions? options = null)
    {
        var given = options ?? LawOptions.Default;
        var (along, values) = Along(draw);
        var u = Expr.Variable("u", y.Shape);
        var forward = Jvp.Of([y], along, given.Pushforwards, Disconnected.Zero)[0];
        var transposed = Gradient.Of([new Seed(y, u)], along.Select(p => p.X),
            GradientOptions.Default with { Pullbacks = given.Pullbacks, Disconnected = Disconnected.Zero });
        var cotangent = Signed(given.Evaluator.Evaluate([y], values)[0], draw);
        var found = given.Evaluator.Evaluate([forward, .. transposed], [.. values, (u, cotangent)]);
        var tangents = values[^along.Count..].Select(v => v.Value);
        var (left, right) = (GradientLaw.Dot(cotangent, found[0]), tangents.Zip(found.Skip(1), (v, g) => GradientLaw.Dot(g, v)).Sum());
        var rounding = given.Cancellation * tangents.Sum(Norm);
        if (!(Math.Abs(left - right) <= Norm(cotangent) * (Tolerance * Norm(found[0]) + rounding)))
            throw new LawException($"⟨u, Jv⟩ = {left:R} but ⟨Jᵀu, v⟩ = {right:R}, ‖u‖ = {Norm(cotangent):R}, ‖Jv‖ = {Norm(found[0]):R}");
    }

    private static (List<(Expr X, Expr Tangent)> Along, List<(Expr Variable, Tensor<double> Value)> Values) Along(Draw draw)
    {
        List<Input> wrt = [.. draw.Inputs.Where(i => i.Varies)];
        var along = wrt.Select((x, i) => (X: x.Variable, Tangent: Expr.Variable($"t{i}", x.Variable.Shape))).ToList();
        return (along, [.. draw.Inputs.Select(i => (i.Variable, i.Value)), .. along.Zip(wrt, (p, x) => (p.Tangent, Signed(x.Value, draw)))]);
    }

    private static Tensor<double> Signed(Tensor<double> like, Draw draw) => draw.Values(like.Sizes.ToArray(), draw.Signed);

    internal static double Norm(Tensor<double> x) => Math.Sqrt(GradientLaw.Dot(x, x));
}
