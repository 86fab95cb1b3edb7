using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;

namespace AutoDiffAE.Reading;

/// <summary>What a step gives its arguments, as it is read: over named values; a definition's pullback, which has no name, is written out and simplified.</summary>
/// <param name="Values">The contributions, of those arguments that receive one.</param>
/// <param name="StandsFor">Variables of <see cref="Values"/> that take the place of named values.</param>
/// <param name="Formulas">The values in text.</param>
internal sealed record Contributions(ImmutableArray<Expr> Values, IReadOnlyDictionary<Expr, Expr> StandsFor, SharedFormulas Formulas)
{
    private static readonly Dictionary<Expr, Expr> Nothing = [];

    /// <param name="values">The contributions.</param>
    /// <param name="name">The names of values, the cotangent's among them.</param>
    /// <param name="isTaken">Whether a name is used already.</param>
    public static Contributions Of(ImmutableArray<Expr> values, Func<Expr, string?> name, Func<string, bool> isTaken)
    {
        var count = 0;
        string Fresh()
        {
            do count++;
            while (isTaken($"t{count}"));
            return $"t{count}";
        }
        if (Traversal.Topological(values, e => name(e) is not null).All(e => name(e) is not null || Composed.IsNamed(e))) return new(values, Nothing, SharedFormulas.Of(values, name, Fresh));
        var opened = Opening.Of(values, call => call.Definition.Options is null, e => name(e) is not null);
        var standIns = Traversal.Topological(opened, e => name(e) is not null).Where(e => name(e) is not null).ToDictionary(e => e, e => Expr.Variable(name(e)!, e.Shape));
        var over = Traversal.Replace(opened, standIns.GetValueOrDefault);
        var simple = Rewriter.Rewrite(over, Composed.Readable).Roots;
        var standsFor = standIns.ToDictionary(s => s.Value, s => s.Key);
        return new(simple, standsFor, SharedFormulas.Of(simple, e => standsFor.TryGetValue(e, out var original) ? name(original) : null, Fresh));
    }
}
