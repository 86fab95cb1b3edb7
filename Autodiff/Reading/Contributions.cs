using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Reading;

/// <summary>What a step gives its arguments, as it is read: over named values; a definition's pullback, which has no name, is written out, and simplified where that makes it shorter; so is a power's.</summary>
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
        var written = Traversal.Topological(values, e => name(e) is not null).Where(e => name(e) is null).ToList();
        var calls = !written.All(Composed.IsNamed);
        if (!calls && !written.Any(IsKnownPower)) return new(values, Nothing, SharedFormulas.Of(values, name, Fresh));
        var opened = calls ? Opening.Of(values, call => call.Definition.Options is null, e => name(e) is not null) : values;
        var plain = new Contributions(opened, Nothing, SharedFormulas.Of(opened, name, Fresh));
        count = 0;
        var standIns = Traversal.Topological(opened, e => name(e) is not null).Where(e => name(e) is not null).ToDictionary(e => e, e => Expr.Variable(name(e)!, e.Shape));
        var over = Traversal.Replace(opened, standIns.GetValueOrDefault);
        var simple = Rewriter.Rewrite(over, calls ? Composed.Written : Composed.Readable).Roots;
        var standsFor = standIns.ToDictionary(s => s.Value, s => s.Key);
        var simplified = new Contributions(simple, standsFor, SharedFormulas.Of(simple, e => standsFor.TryGetValue(e, out var original) ? name(original) : null, Fresh));
        return simplified.Length < plain.Length ? simplified : plain;
    }

    private int Length => Formulas.Where.Sum(w => w.Formula.Length) + Formulas.Texts.Sum(t => t.Length);

    /// <summary>A power whose exponent is a number: the rule for any exponent asks whether it is 0.</summary>
    private static bool IsKnownPower(Expr e) => e.Op is Op.Map { Function: var f } && f.Type == typeof(Pow) && Number(e.Args[1]) is { Op: Op.Literal };

    private static Expr Number(Expr e) => e switch
    {
        { Op: Op.BroadcastTo, Args: [var inner] } => Number(inner),
        { Op: Op.Map { Function: var f }, Args: [var a, var b] } when f.Type == typeof(Subtract) => Number(a) is { Op: Op.Literal } && Number(b) is { Op: Op.Literal } one ? one : e,
        _ => e,
    };
}
