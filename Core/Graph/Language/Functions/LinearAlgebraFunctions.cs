using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

internal static class LinearAlgebraFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("cholesky(x)", a => a.Array("x").Cholesky()),
        Of("cholesky_lower(x)", a => Expr.Of(new Op.Cholesky(), a.Array("x"))),
        Of("triangular_solve(a, b, lower=true, transpose=false, unit_diagonal=false)", a =>
            a.Array("a").TriangularSolve(a.Array("b"), a.Flag("lower"), a.Flag("transpose"), a.Flag("unit_diagonal"))),
        Of("lu(x)", a => a.Array("x").Lu()),
        Of("solve(a, b)", a => a.Array("a").Solve(a.Array("b"))),
        Of("inv(x)", a => a.Array("x").Inv()),
        Of("det(x)", a => a.Array("x").Det()),
        Of("slogdet(x)", a => a.Array("x").SlogDet()),
    ];
}
