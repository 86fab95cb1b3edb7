using System.Globalization;

namespace AutoDiffAE.Rewriting;

/// <summary>One walk over the graph.</summary>
/// <param name="Before">The number of nodes before it.</param>
/// <param name="After">The number of nodes that are left.</param>
/// <param name="Firings">How often a rewrite was used.</param>
public sealed record Pass(Phase Phase, TimeSpan Elapsed, int Before, int After, int Firings)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Phase,-14} {Elapsed.TotalMilliseconds,8:0.00} ms {Before,7} -> {After,-7} nodes {Firings,6} rewrites");
}
