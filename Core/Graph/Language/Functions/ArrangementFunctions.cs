using System.Collections.Immutable;
using AutoDiffAE.Shapes;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Arrays that are made, and arrays whose elements are put elsewhere.</summary>
internal static class ArrangementFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("zeros(*shape)", a => Formulas.Full(a.Shape("shape"), 0)),
        Of("ones(*shape)", a => Formulas.Full(a.Shape("shape"), 1)),
        Of("zeros_like(x)", a => Formulas.ZerosLike(a.Array("x"))),
        Of("ones_like(x)", a => Formulas.OnesLike(a.Array("x"))),
        Of("full_like(x, value)", a => Formulas.Full(a.Array("x").Shape, a.Array("value"))),
        Of("arange(start, stop=none, step=1)", a => a.Has("stop")
            ? Formulas.Arange(a.Real("start"), a.Real("stop"), a.Real("step"))
            : Formulas.Iota(a.Length("start"))),
        Of("linspace(start, stop, num=50, endpoint=true)", a => Formulas.Linspace(a.Array("start"), a.Array("stop"), a.Whole("num"), a.Flag("endpoint"))),
        Of("eye(n, m=none, k=0)", a => Formulas.Eye(a.Length("n"), a.Has("m") ? a.Length("m") : null, a.Whole("k"))),
        Of("split(x, indices_or_sections, axis=0, part=0)", Part),
        Of("tril(x, k=0)", a => a.Array("x").Tril(a.Whole("k"))),
        Of("triu(x, k=0)", a => a.Array("x").Triu(a.Whole("k"))),
        Of("diag(x, k=0)", a => a.Array("x").Diag(a.Whole("k"))),
        Of("diagonal(x, offset=0, axis1=0, axis2=1)", a => a.Array("x").Diagonal(a.Whole("offset"), a.Whole("axis1"), a.Whole("axis2"))),
        Of("trace(x, offset=0, axis1=0, axis2=1)", a => a.Array("x").Trace(a.Whole("offset"), a.Whole("axis1"), a.Whole("axis2"))),
        Of("swapaxes(x, axis1, axis2)", a => a.Array("x").SwapAxes(a.Whole("axis1"), a.Whole("axis2"))),
        Of("moveaxis(x, source, destination)", a => a.Array("x").MoveAxis(a.Wholes("source"), a.Wholes("destination"))),
        Of("expand_dims(x, axis)", a => a.Array("x").Unsqueeze(a.Whole("axis"))),
        Of("roll(x, shift, axis=none)", a => a.Array("x") is var x && a.Has("axis")
            ? x.Roll(a.Whole("shift"), a.Wholes("axis"))
            : x.Reshape(x.Shape.Size).Roll(a.Whole("shift"), 0).Reshape(x.Shape)),
        Of("tile(x, *repeats)", a => a.Array("x").Tile(a.Wholes("repeats"))),
    ];

    /// <summary>numpy's split, of which the text names one part: equal sections, or those between indices.</summary>
    private static Expr Part(Arguments a)
    {
        var (x, axis, part) = (a.Array("x"), a.Whole("axis"), a.Whole("part"));
        Dim[] bounds = [0, .. a.Wholes("indices_or_sections").Select(i => (Dim)i), x.Shape[x.Shape.Axis(axis)]];
        var parts = a["indices_or_sections"] is Syntax.Tuple
            ? x.Split([.. bounds.Skip(1).Zip(bounds, (to, from) => to - from)], axis)
            : x.Split(a.Whole("indices_or_sections"), axis);
        return part >= 0 && part < parts.Length ? parts[part] : throw a.Refuse("part", $"there are {parts.Length} parts, counted from 0");
    }
}
