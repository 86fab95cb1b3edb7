using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

internal static partial class Stabilize
{
    /// <summary>Exponentials over their sum.</summary>
    private static ImmutableArray<Rewrite> Softmaxes =>
    [
        Rule("logsumexp", ["log"], "ln Σ eˣ = logsumexp x", Assume.NoOverflow,
            e => e.Args[0] is { Op: Op.Sum { Axes: var axes }, Args: [{ Head: "exp", Args: [var x] }] } && !IsShifted(x)
                ? Defined(e, x.LogSumExp([.. axes])) : null),
    ];

    private static Expr Defined(Expr at, Expr call) => at.Make(call.Op, call.Args);

    /// <summary>Whether a maximum is subtracted already.</summary>
    private static bool IsShifted(Expr x) => x is { Head: "sub", Args: [_, var shift] } && IsMaximum(shift.Unmoved);

    private static bool IsMaximum(Expr e) => e.Op is Op.Maximum || (e is { Head: "where", Args: [_, var a, _] } && a.Unmoved.Op is Op.Maximum);
}
