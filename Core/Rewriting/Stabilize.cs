using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// Forms that overflow or cancel become those that do not. A naive form is differentiated before it is rewritten, so what its gradients look like
/// has laws too.
/// </summary>
internal static partial class Stabilize
{
    public static readonly ImmutableArray<Rewrite> Rules = [.. Logarithms, .. Sigmoids, .. Factors, .. Softmaxes];

    private static Rewrite Rule(string name, ImmutableArray<string> heads, string law, string assumption, Func<Expr, Expr?> apply) =>
        new(name, Phase.Stabilize, heads, law, assumption, apply);
}
