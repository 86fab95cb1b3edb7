using System.Collections.Immutable;

namespace AutoDiffAE.Rewriting;

internal static partial class Specialize
{
    private static ImmutableArray<Rewrite> Convolutions =>
    [
        Rule("convolution-of-repeats", ["conv"], "x↑ ⋆ w = interleave(x ⋆ S w)", Assume.Rounding, UnpooledConvolution.Output) with { Falls = Multiplications.Fall },
        Rule("sum-of-repeats-gradient", ["sum"], "Σ over repeats of ∂⟨dy, x↑ ⋆ w⟩/∂x↑ = ∂⟨interleaveᵀ dy, x ⋆ S w⟩/∂x", Assume.Rounding, UnpooledConvolution.Input) with { Falls = Multiplications.Fall },
        Rule("kernel-gradient-of-repeats", ["conv_kernel"], "∂⟨dy, x↑ ⋆ w⟩/∂w = Sᵀ ∂⟨interleaveᵀ dy, x ⋆ v⟩/∂v", Assume.Rounding, UnpooledConvolution.Kernel) with { Falls = Multiplications.Fall },
        Rule("sum-of-placed-cotangent", ["sum"], "Σ over windows of chain(dy, max_indicator(x, ties=\"first\")) = dy", Assume.Rounding, PlacedCotangent.Sum),
    ];
}
