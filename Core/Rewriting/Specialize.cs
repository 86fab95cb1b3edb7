using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>Forms that special routines run faster.</summary>
internal static partial class Specialize
{
    public static readonly ImmutableArray<Rewrite> Rules = [.. Products, .. Convolutions];

    private static Rewrite Rule(string name, ImmutableArray<string> heads, string law, string assumption, Func<Expr, Expr?> apply) =>
        new(name, Phase.Specialize, heads, law, assumption, apply);
}
