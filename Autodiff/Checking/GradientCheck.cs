using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Checking;

/// <summary>Checks a gradient against central differences, and against the laws that any gradient obeys. Theano's verify_grad.</summary>
public static class GradientCheck
{
    private const double Tolerance = 1e-10;

    /// <summary>The law that only differentiable functions obey: at a kink it breaks for a subgradient too.</summary>
    public const string ByDifferences = "differences";

    private const string ByAdjoint = "adjoint identity", ByLinearity = "linearity in the cotangent", BySymmetry = "Hessian symmetry";

    /// <summary>The laws that are tried, by the names that faults give them.</summary>
    public static ImmutableArray<string> Laws { get; } = [ByDifferences, ByAdjoint, ByLinearity, BySymmetry];

    /// <summary>Compares ∂⟨u, y⟩/∂x, for a random u, with differences of y; what fails is named down to the element and the rule.</summary>
    /// <param name="y">An expression of any shape, differentiable at the values.</param>
    /// <param name="wrt">Variables that have values.</param>
    /// <param name="values">A value for each variable of y.</param>
    /// <param name="pullbacks">The table of rules; the standard one when none is given.</param>
    /// <param name="seed">Of the random cotangents and directions.</param>
    /// <param name="backend">What computes the values and the gradients; the processor when none is given.</param>
    /// <exception cref="KeyNotFoundException">A variable of y has no value.</exception>
    /// <exception cref="DisconnectedException">y does not depend on one of wrt.</exception>
    public static GradientReport Of(
        Expr y, IEnumerable<Expr> wrt, IEnumerable<(Expr Variable, Tensor<double> Value)> values, Pullbacks? pullbacks = null, int seed = 0, IBackend? backend = null)
    {
        ImmutableArray<Expr> xs = [.. wrt];
        var rules = pullbacks ?? Pullbacks.Standard;
        var random = new Random(seed);
        var point = new Point([.. values], backend);
        var (u, w) = (Expr.Variable("u", y.Shape), Expr.Variable("w", y.Shape));
        var value = point.Evaluate([y])[0];
        var here = point.With((u, Point.Signed(value, random)), (w, Point.Signed(value, random)));
        var gradients = Gradient.Of(y, xs, u, rules);
        var laws = new Trial(y, xs, gradients, u, w, here, rules, random);
        ImmutableArray<GradientFault> faults = [.. laws.Differences(), .. laws.Adjoint(), .. laws.Linearity(), .. laws.Symmetry()];
        if (faults.IsEmpty) return new([]);
        var rule = new Blame(rules, random).Find(y, xs, point);
        return new([.. faults.Select(f => f with { Rule = rule })]);
    }

    private sealed record Trial(
        Expr Y, ImmutableArray<Expr> Xs, ImmutableArray<Expr> Gradients, Expr U, Expr W, Point Here, Pullbacks Rules, Random Random)
    {
        private Tensor<double> Of(Expr variable) => Here.Values.First(v => v.Variable == variable).Value;

        /// <summary>d/dt ⟨u, y(x + tv)⟩ = ⟨gradient, v⟩ for each argument along one direction; where it fails, for each element.</summary>
        public IEnumerable<GradientFault> Differences()
        {
            var weights = Of(U).Span.ToArray();
            var found = Here.Evaluate(Gradients);
            foreach (var (x, gradient) in Xs.Zip(found))
            {
                GradientFault? Along(Tensor<double> v, ImmutableArray<int> element) =>
                    FiniteDifferences.Refute(Point.Dot(gradient, v), Here.Along(Y, x, v), weights) is { } estimate
                        ? new(ByDifferences, Printer.Short(x), element, Point.Dot(gradient, v), estimate, null)
                        : null;
                var sizes = gradient.Sizes.ToArray();
                if (Along(Point.Signed(gradient, Random), []) is { } fault)
                    yield return Enumerable.Range(0, gradient.Length)
                        .Select(i => Along(Tensor<double>.Build(sizes, v => v[i] = 1), Point.Index(sizes, i))).FirstOrDefault(f => f is not null) ?? fault;
            }
        }

        /// <summary>⟨u, Jv⟩ = ⟨Jᵀu, v⟩, Jv by forward mode.</summary>
        public IEnumerable<GradientFault> Adjoint()
        {
            var tangents = Xs.Select((x, i) => (X: x, Tangent: Expr.Variable($"t{i}", x.Shape))).ToList();
            var at = Here.With(tangents.Select(t => (t.Tangent, Point.Signed(Of(t.X), Random))));
            var found = at.Evaluate([.. Gradients, Jvp.Of([Y], tangents, disconnected: Disconnected.Zero)[0]]);
            var directions = at.Values[^Xs.Length..].Select(v => v.Value).ToList();
            var left = Point.Dot(Of(U), found[^1]);
            var scale = Point.Norm(Of(U)) * Point.Norm(found[^1]) + directions.Zip(found, (v, g) => Point.Norm(v) * Point.Norm(g)).Sum();
            return Equal(ByAdjoint, directions.Zip(found, (v, g) => Point.Dot(g, v)).Sum(), left, scale);
        }

        /// <summary>Jᵀ(u + 2w) = Jᵀu + 2 Jᵀw.</summary>
        public IEnumerable<GradientFault> Linearity()
        {
            var joint = Here.Evaluate(Xs.SelectMany((x, i) => new[]
            {
                Gradients[i], Gradient.Of(Y, [x], W, Rules)[0], Gradient.Of(Y, [x], U + 2 * W, Rules)[0],
            }));
            return Xs.SelectMany((x, i) =>
            {
                var v = Point.Signed(joint[3 * i], Random);
                var (first, second) = (Point.Dot(joint[3 * i], v), 2 * Point.Dot(joint[3 * i + 1], v));
                var scale = Point.Norm(v) * (Point.Norm(joint[3 * i]) + 2 * Point.Norm(joint[3 * i + 1]));
                return Equal(ByLinearity, Point.Dot(joint[3 * i + 2], v), first + second, scale);
            });
        }

        /// <summary>⟨a, H b⟩ = ⟨b, H a⟩ for the Hessian of ⟨u, y⟩, by the gradient of the gradient.</summary>
        public IEnumerable<GradientFault> Symmetry()
        {
            var (a, b) = (Directions(), Directions());
            var directions = Xs.Select((x, i) => Expr.Variable($"v{i}", x.Shape)).ToList();
            var products = Gradient.Of([Gradients.Zip(directions, (g, v) => (g * v).Sum()).Aggregate((s, t) => s + t)], Xs,
                GradientOptions.Default with { Pullbacks = Rules, Disconnected = Disconnected.Zero });
            ImmutableArray<Tensor<double>> found = [.. Here.With(directions.Zip(a)).Evaluate(products), .. Here.With(directions.Zip(b)).Evaluate(products)];
            var (ha, hb) = (found[..Xs.Length], found[Xs.Length..]);
            var scale = a.Zip(hb, (v, h) => Point.Norm(v) * Point.Norm(h)).Sum() + b.Zip(ha, (v, h) => Point.Norm(v) * Point.Norm(h)).Sum();
            return Equal(BySymmetry, b.Zip(ha, Point.Dot).Sum(), a.Zip(hb, Point.Dot).Sum(), scale);
        }

        private List<Tensor<double>> Directions() => [.. Xs.Select(x => Point.Signed(Of(x), Random))];

        private static IEnumerable<GradientFault> Equal(string law, double found, double expected, double scale) =>
            Math.Abs(found - expected) <= Tolerance * (1 + scale) ? [] : [new(law, null, [], found, new(expected, Tolerance * (1 + scale)), null)];
    }
}
