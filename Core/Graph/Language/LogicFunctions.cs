using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Truth of numbers.</summary>
internal static class LogicFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("logical_not(x)", a => a.Array("x").LogicalNot()),
        Of("logical_and(a, b)", a => Formulas.LogicalAnd(a.Array("a"), a.Array("b"))),
        Of("logical_or(a, b)", a => Formulas.LogicalOr(a.Array("a"), a.Array("b"))),
        Of("logical_xor(a, b)", a => Formulas.LogicalXor(a.Array("a"), a.Array("b"))),
        Of("isnan(x)", a => a.Array("x").IsNaN()),
        Of("isinf(x)", a => a.Array("x").IsInfinite()),
        Of("isfinite(x)", a => a.Array("x").IsFinite()),
    ];
}
