using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>Of the forms that mean the same, one: the smallest. Negations and scales move outwards, broadcasts too, numbers gather.</summary>
internal static partial class Canonicalize
{
    public static readonly ImmutableArray<Rewrite> Rules = [.. Neutral, .. Signs, .. Scales, .. Powers, .. Inverses, .. Choices, .. Shapes, .. Parts, .. Sums];

    private static Rewrite Rule(string name, ImmutableArray<string> heads, string law, string assumption, Func<Expr, Expr?> apply) =>
        new(name, Phase.Canonicalize, heads, law, assumption, apply);
}
