using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Reading and writing at indices, and sorting: numpy's words, and PyTorch's with its order of arguments.</summary>
internal static class IndexingFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("take(x, indices, axis=none, batch=0)", a => a.Has("axis") ? a.Array("x").Take(a.Array("indices"), a.Whole("axis"), a.Whole("batch")) : a.Array("x").Take(a.Array("indices"))),
        Of("add_at(indices, y, axis, length, batch=0)", a => Expr.Of(new Op.ScatterAdd(a.Whole("batch"), a.Whole("axis"), a.Length("length")), a.Array("indices"), a.Array("y"))),
        Of("take_along_axis(x, indices, axis)", a => a.Array("x").TakeAlong(a.Array("indices"), a.Whole("axis"))),
        Of("add_along_axis(x, indices, values, axis)", a => a.Array("x").AddAlong(a.Array("indices"), a.Array("values"), a.Whole("axis"))),
        Of("put_along_axis(x, indices, values, axis)", a => a.Array("x").PutAlong(a.Array("indices"), a.Array("values"), a.Whole("axis"))),
        Of("gather(x, dim, index)", a => a.Array("x").TakeAlong(a.Array("index"), a.Whole("dim"))),
        Of("scatter(x, dim, index, src)", a => a.Array("x").PutAlong(a.Array("index"), a.Array("src"), a.Whole("dim"))),
        Of("scatter_add(x, dim, index, src)", a => a.Array("x").AddAlong(a.Array("index"), a.Array("src"), a.Whole("dim"))),
        Of("index_select(x, dim, index)", a => a.Array("x").Take(a.Array("index"), a.Whole("dim"))),
        Of("index_add(x, dim, index, source)", a => a.Array("x").AddAt(a.Array("index"), a.Array("source"), a.Whole("dim"))),
        Of("one_hot(x, num_classes)", a => a.Array("x").OneHot(a.Length("num_classes"))),
        Of("embedding(x, weight)", a => a.Array("x").Embedding(a.Array("weight"))),
        Of("masked_fill(x, mask, value)", a => a.Array("x").MaskedFill(a.Array("mask"), a.Array("value"))),
        Of("argsort(x, axis=-1, descending=false)", a => a.Array("x").ArgSort(a.Whole("axis"), a.Flag("descending"))),
        Of("sort(x, axis=-1, descending=false)", a => a.Array("x").Sort(a.Whole("axis"), a.Flag("descending"))),
        Of("topk(x, k, axis=-1, largest=true)", a => a.Array("x").TopK(a.Whole("k"), a.Whole("axis"), a.Flag("largest"))),
        Of("argtopk(x, k, axis=-1, largest=true)", a => a.Array("x").ArgTopK(a.Whole("k"), a.Whole("axis"), a.Flag("largest"))),
        Of("argmax(x, axis=none, keepdims=false)", a => a.Array("x").ArgMax(a.Has("axis") ? a.Whole("axis") : null, a.Flag("keepdims"))),
        Of("argmin(x, axis=none, keepdims=false)", a => a.Array("x").ArgMin(a.Has("axis") ? a.Whole("axis") : null, a.Flag("keepdims"))),
    ];
}
