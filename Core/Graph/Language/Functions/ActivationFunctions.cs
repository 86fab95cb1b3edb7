using System.Collections.Immutable;
using static AutoDiffAE.Graph.Language.NamedFunction;

namespace AutoDiffAE.Graph.Language;

/// <summary>Activations that are not one scalar function, and attention.</summary>
internal static class ActivationFunctions
{
    public static readonly ImmutableArray<NamedFunction> All =
    [
        Of("softmax(x, axis=-1)", a => a.Array("x").Softmax(a.Whole("axis"))),
        Of("log_softmax(x, axis=-1)", a => a.Array("x").LogSoftmax(a.Whole("axis"))),
        Of("softmin(x, axis=-1)", a => a.Array("x").Softmin(a.Whole("axis"))),
        Of("glu(x, axis=-1)", a => a.Array("x").Glu(a.Whole("axis"))),
        Of("prelu(x, weight)", a => a.Array("x").Prelu(a.Array("weight"))),
        Of("hardtanh(x, min_val=none, max_val=none)", a => a.Has("min_val") || a.Has("max_val")
            ? a.Array("x").Clip(a.Has("min_val") ? a.Array("min_val") : -1, a.Has("max_val") ? a.Array("max_val") : 1)
            : a.Array("x").HardTanh()),
        Of("scaled_dot_product_attention(query, key, value, mask=none, bias=none, is_causal=false, scale=none)", a => Formulas.ScaledDotProductAttention(
            a.Array("query"), a.Array("key"), a.Array("value"),
            a.Optional("mask"), a.Optional("bias"), a.Flag("is_causal"), a.Has("scale") ? a.Real("scale") : null)),
    ];
}
