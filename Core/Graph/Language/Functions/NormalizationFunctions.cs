using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Normalisations, with PyTorch's names and keywords. The batch's own statistics are taken where none are given.</summary>
internal static class NormalizationFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("standardize(x, axis=none, eps=1e-5)", a => a.Array("x").Standardize(a.Axes("axis"), a.Real("eps"))),
        Of("batch_norm(x, mean=none, var=none, weight=none, bias=none, eps=1e-5)", a => a.Array("x").BatchNorm(
            a.Optional("mean"), a.Optional("var"), a.Optional("weight"), a.Optional("bias"), a.Real("eps"))),
        Of("instance_norm(x, weight=none, bias=none, eps=1e-5)", a => a.Array("x").InstanceNorm(a.Optional("weight"), a.Optional("bias"), a.Real("eps"))),
        Of("group_norm(x, num_groups, weight=none, bias=none, eps=1e-5)",
            a => a.Array("x").GroupNorm(a.Whole("num_groups"), a.Optional("weight"), a.Optional("bias"), a.Real("eps"))),
        Of("layer_norm(x, normalized_shape, weight=none, bias=none, eps=1e-5)",
            a => a.Array("x").LayerNorm(a.Shape("normalized_shape"), a.Optional("weight"), a.Optional("bias"), a.Real("eps"))),
        Of("rms_norm(x, normalized_shape, weight=none, eps=1e-5)", a => a.Array("x").RmsNorm(a.Shape("normalized_shape"), a.Optional("weight"), a.Real("eps"))),
        Of("local_response_norm(x, size, alpha=1e-4, beta=0.75, k=1)",
            a => a.Array("x").LocalResponseNorm(a.Whole("size"), a.Real("alpha"), a.Real("beta"), a.Real("k"))),
    ];
}
