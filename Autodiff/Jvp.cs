using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

/// <summary>Jacobian times vector as expressions: how outputs change along tangents of the inputs. Theano's Rop.</summary>
public static class Jvp
{
    /// <summary>Σ ∂y/∂x · tangent for each output y, of its shape, in forward mode.</summary>
    /// <param name="outputs">Expressions of any shape.</param>
    /// <param name="along">Expressions that the outputs depend on, each with a tangent of its shape.</param>
    /// <param name="pushforwards">The table of rules; the standard one when none is given.</param>
    /// <param name="disconnected">What the tangent is of an output that depends on none of them.</param>
    /// <exception cref="ShapeException">A tangent's shape is not that of its expression.</exception>
    /// <exception cref="DisconnectedException">An output depends on none of them, and zeros are not asked for.</exception>
    public static ImmutableArray<Expr> Of(
        IEnumerable<Expr> outputs, IEnumerable<(Expr X, Expr Tangent)> along,
        Pushforwards? pushforwards = null, Disconnected disconnected = Disconnected.Raise)
    {
        ImmutableArray<(Expr X, Expr Tangent)> pairs = [.. along];
        ImmutableArray<Expr> ys = [.. outputs];
        return [.. Tangents(ys, pairs, pushforwards ?? Pushforwards.Standard).Zip(ys, (t, y) => Connected(t, y, pairs, disconnected))];
    }

    /// <summary>∂y/∂x · tangent.</summary>
    /// <exception cref="ShapeException">The tangent's shape is not that of x.</exception>
    /// <exception cref="DisconnectedException">y does not depend on x.</exception>
    public static Expr Of(Expr y, Expr x, Expr tangent) => Of([y], [(x, tangent)])[0];

    /// <summary>The same from pullbacks alone: ⟨Jᵀu, v⟩ is linear in u, and its gradient there is J v. Slower to run, and a check of the rules.</summary>
    /// <exception cref="ShapeException">A tangent's shape is not that of its expression.</exception>
    /// <exception cref="DisconnectedException">An output depends on none of them, and zeros are not asked for.</exception>
    public static ImmutableArray<Expr> ByDoublePullback(
        IEnumerable<Expr> outputs, IEnumerable<(Expr X, Expr Tangent)> along,
        Pullbacks? pullbacks = null, Disconnected disconnected = Disconnected.Raise)
    {
        ImmutableArray<(Expr X, Expr Tangent)> pairs = [.. along];
        RequireShapes(pairs);
        return [.. outputs.Select(y => Connected(Transposed(y, pairs, pullbacks ?? Pullbacks.Standard), y, pairs, disconnected))];
    }

    internal static Expr? Transposed(Expr y, ImmutableArray<(Expr X, Expr Tangent)> along, Pullbacks pullbacks)
    {
        var u = Expr.Variable("u", y.Shape);
        var products = Tape.Of(y, along.Select(p => p.X), pullbacks, u).Results
            .Zip(along, (g, p) => g is null ? null : Expr.Call<Chain>(p.Tangent, g).Sum()).OfType<Expr>().ToList();
        if (products.Count == 0) return null;
        var tangent = Tape.Of(products.Aggregate((a, b) => a + b), [u], pullbacks).Results[0] ?? Gradient.Zero(y);
        // Where a pullback is not linear in the cotangent, as a clipped one, its derivative at 0 counts.
        return Traversal.Substitute([tangent], new Dictionary<Expr, Expr> { [u] = Gradient.Zero(y) })[0];
    }

    internal static ImmutableArray<Expr?> Tangents(ImmutableArray<Expr> outputs, ImmutableArray<(Expr X, Expr Tangent)> along, Pushforwards rules)
    {
        RequireShapes(along);
        var tangents = along.GroupBy(p => p.X).ToDictionary(g => g.Key, g => g.Select(p => p.Tangent).Aggregate((a, b) => a + b));
        var step = 0;
        foreach (var node in Traversal.Topological(outputs))
        {
            if (!node.Args.Any(tangents.ContainsKey)) continue;
            var rule = node.Op.Match(rules);
            var all = Origin.Deriving(new Derived(node, rule.Name, ++step, Forwards: true), () =>
                rule.Tangent(node, [.. node.Args.Select(a => tangents.GetValueOrDefault(a))]) is { } pushed
                    ? tangents.TryGetValue(node, out var own) ? own + pushed : pushed
                    : null);
            if (all is not null) tangents[node] = all;
        }
        return [.. outputs.Select(y => tangents.GetValueOrDefault(y))];
    }

    private static void RequireShapes(ImmutableArray<(Expr X, Expr Tangent)> along)
    {
        foreach (var (x, tangent) in along)
            if (tangent.Shape != x.Shape)
                throw new ShapeException($"the tangent's shape {tangent.Shape} is not that of {Printer.Short(x)} {x.Shape}");
    }

    private static Expr Connected(Expr? tangent, Expr y, ImmutableArray<(Expr X, Expr Tangent)> along, Disconnected policy) =>
        tangent ?? (policy == Disconnected.Zero ? Gradient.Zero(y) : throw new DisconnectedException(y, along.Select(p => p.X)));
}
