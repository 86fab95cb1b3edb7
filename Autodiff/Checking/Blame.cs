using AutoDiffAE.Graph;

namespace AutoDiffAE.Checking;

/// <summary>Which rule of a derivation is wrong: each is tried alone, against differences of its one operation at the values it meets.</summary>
internal sealed class Blame(Pullbacks pullbacks, Random random)
{
    /// <summary>The name of the first wrong rule from the output back to the variables, looked for within definitions too; null where there is none.</summary>
    public string? Find(Expr y, IEnumerable<Expr> wrt, Point point)
    {
        var u = Expr.Variable("u", y.Shape);
        foreach (var step in Tape.Of(y, wrt, pullbacks, u).Steps)
            if (InStep(step, point) is { } rule) return rule;
        return null;
    }

    private string? InStep(TapeStep step, Point point)
    {
        var values = point.Evaluate(step.Node.Args);
        var args = step.Node.Args.Select((a, i) => Expr.Variable($"p{i}", a.Shape)).ToList();
        var node = step.Node.With([.. args]);
        var here = point.With(args.Zip(values));
        var u = Expr.Variable("u", node.Shape);
        var weights = Point.Signed(here.Evaluate([node])[0], random);
        var contributions = node.Op.Match(pullbacks).Contributions(node, u);
        for (var i = 0; i < args.Count; i++)
        {
            if (step.Contributions[i] is null && node.Op is not Op.StopGradient) continue;
            var direction = Point.Signed(values[i], random);
            if (contributions[i] is { } c && c.Shape != args[i].Shape) return Within(node, args, here) ?? step.Rule;
            var derivative = contributions[i] is { } dx ? Point.Dot(here.With((u, weights)).Evaluate([dx])[0], direction) : 0;
            if (FiniteDifferences.Refute(derivative, here.Along(node, args[i], direction), weights.Span.ToArray()) is not null)
                return Within(node, args, here) ?? step.Rule;
        }
        return null;
    }

    /// <summary>A definition without a pullback of its own is only as wrong as a rule in its body.</summary>
    private string? Within(Expr node, List<Expr> args, Point here) =>
        node.Op is Op.Call { Definition: { Adjoints.IsDefault: true } definition } ? Find(definition.Expand([.. args]), args, here) : null;
}
