using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Products of tensors by numpy's names.</summary>
internal static class ProductFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("einsum(equation, *operands)", a => Formulas.Einsum(a.Text("equation"), a.Arrays("operands"))),
        Of("tensordot(a, b, axes=2)", TensorDot),
        Of("outer(a, b)", a => Formulas.Outer(a.Array("a"), a.Array("b"))),
        Of("inner(a, b)", a => Formulas.Inner(a.Array("a"), a.Array("b"))),
        Of("dot(a, b)", a => Formulas.Dot(a.Array("a"), a.Array("b"))),
        Of("vdot(a, b)", a => Formulas.Vdot(a.Array("a"), a.Array("b"))),
        Of("kron(a, b)", a => Formulas.Kron(a.Array("a"), a.Array("b"))),
        Of("bmm(a, b)", a => Formulas.BatchMatMul(a.Array("a"), a.Array("b"))),
    ];

    private static Expr TensorDot(Arguments a)
    {
        if (a["axes"] is not Syntax.Tuple) return Formulas.TensorDot(a.Array("a"), a.Array("b"), a.Whole("axes"));
        var pair = a.Parts(a["axes"], 2);
        int[] Listed(Syntax side) => [.. Arguments.Items(side).Select(a.Whole)];
        return Formulas.TensorDot(a.Array("a"), a.Array("b"), Listed(pair[0]), Listed(pair[1]));
    }
}
