using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Truth of numbers.</summary>
internal static class LogicFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("logical_xor(a, b)", a => Formulas.LogicalXor(a.Array("a"), a.Array("b"))),
        Of("isinf(x)", a => a.Array("x").IsInfinite()),
        Of("isfinite(x)", a => a.Array("x").IsFinite()),
    ];
}
