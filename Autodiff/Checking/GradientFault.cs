using System.Collections.Immutable;

namespace AutoDiffAE.Checking;

/// <summary>A law that a gradient breaks.</summary>
/// <param name="Law">Which one.</param>
/// <param name="Argument">The expression with respect to which the gradient is taken; null where the law is about all of them.</param>
/// <param name="Element">Its element; empty where the law is about all elements, or the argument is a scalar.</param>
/// <param name="Found">What the gradient says.</param>
/// <param name="Expected">What the law says, and how well it knows.</param>
/// <param name="Rule">The rule on the tape that is wrong when tried alone, by the name of its operation; null where each is right.</param>
public sealed record GradientFault(string Law, string? Argument, ImmutableArray<int> Element, double Found, Estimate Expected, string? Rule)
{
    public override string ToString() => FormattableString.Invariant(
        $"{Law}: {(Argument is null ? "" : $"{Argument}[{string.Join(", ", Element)}] ")}{Found:R}, not {Expected}")
        + (Rule is null ? "; every rule on the tape is right by itself" : $"; the rule to blame is that of {Rule}");
}
