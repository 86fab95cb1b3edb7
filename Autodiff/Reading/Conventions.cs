using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Reading;

/// <summary>What holds where there is no derivative.</summary>
internal static class Conventions
{
    /// <summary>Of a definition without a pullback of its own, what holds in its body.</summary>
    public static IEnumerable<string> Of(Expr node) => node.Op is Op.Call { Definition: var definition }
        ? definition.Adjoints.IsDefault ? Traversal.Topological([definition.Body], e => e.Op is Op.StopGradient).SelectMany(Of).Distinct() : []
        : One(node) is { } one ? [one] : [];

    private static string? One(Expr node) => node.Op switch
    {
        Op.Maximum { Ties: TieRule.Share } => "where several elements are the maximum, each has an equal share",
        Op.Maximum { Ties: TieRule.First } => "where several elements are the maximum, the first has all of it",
        Op.Maximum => "where several elements are the maximum, each has all of it",
        Op.Map { Function: { Arity: 1 } f } => Kink(f),
        Op.Map { Function: var f } when f.Type == typeof(Larger) || f.Type == typeof(Smaller) => "where both are equal, each has half",
        _ => null,
    };

    /// <summary>The derivative that the formula gives at a function's kinks, where it has some.</summary>
    private static string? Kink(ScalarFunction f)
    {
        if (f.Kinks.Count == 0) return null;
        IEnumerable<string> slopes = f.Kinks.Select(at => f.Derivatives<Real>([new(at)], f.Apply<Real>([new(at)]))[0].Value).Select(Printer.Number);
        return f.Kinks.Count > Few || slopes.Distinct().Count() == 1
            ? $"where {f.Name} has a kink or a jump{(f.Kinks.Count > Few ? "" : $", at {string.Join(" and ", f.Kinks.Select(Printer.Number))},")} its derivative is taken to be {string.Join(" or ", slopes.Distinct())}"
            : $"at {string.Join(" and ", f.Kinks.Select(Printer.Number))} the derivative of {f.Name} is taken to be {string.Join(" and ", slopes)}";
    }

    private const int Few = 3;
}
