using System.Collections.Immutable;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>
/// The functions that are not elementwise, a line each: numpy's keywords for arrays, PyTorch's for networks. A call that names an
/// operation builds its node always, even where it changes nothing, so that what is printed parses back to the same graph.
/// </summary>
internal static class NamedFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("where(condition, x, y)", a => Formulas.Where(a.Array("condition"), a.Array("x"), a.Array("y"))),
        Of("stop_gradient(x)", a => a.Array("x").StopGradient()),
        Of("after(x, *others)", a => a.Array("x").After(a.Arrays("others"))),
        Of("size(length)", a => Formulas.SizeOf(a.Length("length"))),
        Of("iota(length)", a => Formulas.Iota(a.Length("length"))),
        Of("constant(value, shape=none)", Constant),
        Of("full(shape, value)", a => a.Array("value").BroadcastTo(a.Shape("shape"))),
        Of("sum(x, axis=none, keepdims=false)", a => Reduced(a, axes => new Op.Sum(axes))),
        Of("max(x, axis=none, keepdims=false, ties=\"share\")", a => Reduced(a, axes => new Op.Maximum(axes, a.Ties("ties")))),
        Of("max_indicator(x, axis=none, ties=\"share\")", a => a.Array("x") is var x ? Expr.Of(new Op.MaximumIndicator(Axes.Normalized(x.Shape, a.Axes("axis")), a.Ties("ties")), x) : x),
        Of("min(x, axis=none, keepdims=false, ties=\"share\")", a => a.Array("x").Min(a.Axes("axis"), a.Flag("keepdims"), a.Ties("ties"))),
        Of("mean(x, axis=none, keepdims=false)", a => a.Array("x").Mean(a.Axes("axis"), a.Flag("keepdims"))),
        Of("matmul(a, b)", a => a.Array("a").MatMul(a.Array("b"))),
        Of("reshape(x, *shape)", a => a.Array("x") is var x ? Expr.Of(new Op.Reshape(Closed(x, a.Shape("shape"))), x) : x),
        Of("flatten(x, start_dim=0)", a => a.Array("x") is var x && a.Whole("start_dim") is var from ? x.Flatten(from == 0 ? 0 : x.Shape.Axis(from)) : x),
        Of("squeeze(x, axis=none)", a => a.Array("x") is var x ? x.Reshape(x.Shape.Without(Ones(x, a.Axes("axis")))) : x),
        Of("unsqueeze(x, axis)", a => a.Array("x").Unsqueeze(a.Whole("axis"))),
        Of("permute(x, *order)", a => a.Array("x") is var x ? Expr.Of(new Op.Permute(Axes.Of(a.Wholes("order").Select(x.Shape.Axis))), x) : x),
        Of("transpose(x, axes=none)", a => a.Array("x").Permute(a.Axes("axes"))),
        Of("matrix_transpose(x)", a => a.Array("x") is { Rank: >= 2 } x ? x.Transpose() : throw a.Refuse("x", "at least two axes are needed here")),
        Of("broadcast_to(x, *shape)", a => Expr.Of(new Op.BroadcastTo(a.Shape("shape")), a.Array("x"))),
        Of("repeat(x, repeats, axis=none)", Repeated),
        Of("concat(*arrays, axis=0)", a => Joined(a, Formulas.Concatenate)),
        Of("concatenate(*arrays, axis=0)", a => Joined(a, Formulas.Concatenate)),
        Of("stack(*arrays, axis=0)", a => Joined(a, Formulas.Stack)),
        Of("flip(x, axis=none)", a => a.Array("x") is var x ? x.Flip(a.Axes("axis") ?? [.. Axes.All(x.Rank)]) : x),
        Of("slice(x, *ranges)", a => Expr.Of(new Op.Slice([.. a.Items("ranges").Select(r => Range(a, r))]), a.Array("x"))),
        .. PaddingFunctions.All,
        .. PoolingFunctions.All,
        .. ResamplingFunctions.All,
        .. RandomFunctions.All,
        .. LinearAlgebraFunctions.All,
        .. ActivationFunctions.All,
        .. StatisticsFunctions.All,
        .. ArrangementFunctions.All,
        .. ProductFunctions.All,
        .. LossFunctions.All,
        .. NormalizationFunctions.All,
        .. LogicFunctions.All,
        .. IndexingFunctions.All,
        .. RecurrenceFunctions.All,
        .. Windows.Functions(1),
        .. Windows.Functions(2),
        .. Windows.Functions(3),
    ];

    internal static Expr Reduced(Arguments a, Func<Axes, Op> op)
    {
        var x = a.Array("x");
        var axes = Axes.Normalized(x.Shape, a.Axes("axis"));
        var reduced = Expr.Of(op(axes), x);
        return a.Flag("keepdims") ? reduced.Reshape(new Shape([.. x.Shape.Select((d, i) => axes.Contains(i) ? 1 : d)])) : reduced;
    }

    private static Shape Closed(Expr x, Shape shape) => shape.Any(d => d.Is(-1)) ? x.Reshape(shape).Shape : shape;

    private static Axes Ones(Expr x, int[]? axes) => axes is null
        ? Axes.Of(Enumerable.Range(0, x.Rank).Where(i => x.Shape[i].Is(1)))
        : Axes.Normalized(x.Shape, axes) is var named && named.All(i => x.Shape[i].Is(1)) ? named
        : throw new ShapeException($"squeeze of the shape {x.Shape}: the axes {named} must have length 1");

    private static Expr Joined(Arguments a, Func<IEnumerable<Expr>, int, Expr> join) => a.Arrays("arrays") is { IsEmpty: false } arrays
        ? join(arrays, a.Whole("axis"))
        : throw a.Refuse("arrays", "at least one array is needed here");

    /// <summary>numpy's repeat; a tuple without an axis repeats along as many of the last axes: unpooling.</summary>
    private static Expr Repeated(Arguments a)
    {
        var x = a.Array("x");
        if (a["repeats"] is Syntax.Tuple && !a.Has("axis"))
            return a.Wholes("repeats") is var factors && factors.Length <= x.Rank ? x.Repeat(factors) : throw a.Refuse("repeats", $"more factors than the axes of {x.Shape}");
        var (of, axis) = a.Has("axis") ? (x, x.Shape.Axis(a.Whole("axis"))) : (x.Flatten(0), 0);
        return of.Repeat([a.Whole("repeats"), .. Enumerable.Repeat(1, of.Rank - axis - 1)]);
    }

    internal static StridedRange Range(Arguments a, Syntax syntax) => a.Parts(syntax, 3) is var parts
        ? new(a.Length(parts[0]), a.Length(parts[1]), a.Whole(parts[2])) : default;

    private static Expr Constant(Arguments a)
    {
        double[] values = [.. a.Numbers(a["value"])];
        int[] sizes = a.Has("shape") ? a.Wholes("shape") : Sizes(a["value"]);
        return Expr.Constant(Tensor<double>.Of(values, sizes));
    }

    private static int[] Sizes(Syntax value) => value is Syntax.Tuple t ? [t.Items.Length, .. t.Items.IsEmpty ? [] : Sizes(t.Items[0])] : [];
}
