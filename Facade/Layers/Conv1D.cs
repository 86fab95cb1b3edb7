using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;

namespace AutoDiffAE.Layers;

/// <summary>y = f(x ∗ W + b) of sequences (n, in, length): W is (filters, in / groups, taps), b is (filters).</summary>
/// <param name="Filters">At least 1.</param>
/// <param name="Size">Taps of a filter.</param>
/// <param name="Nonlinearity">f; none means a linear layer.</param>
/// <param name="Border">What is done at the border; it counts where no padding is given.</param>
/// <param name="Stride">From one window to the next; 1 when not given.</param>
/// <param name="Flip">Filters are reversed in space: true convolution, as Lasagne has it by default. Without, cross-correlation, as PyTorch has it.</param>
/// <param name="W">By default Glorot and Bengio's uniform weights.</param>
/// <param name="B">By default 0.</param>
/// <param name="Dilation">From one tap of a filter to the next; 1 when not given. (Lasagne's DilatedConv2DLayer.)</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
/// <param name="Padding">Zeros on both sides of every axis, in place of the border.</param>
public sealed record Conv1D(
    int Filters,
    int Size,
    Func<Expr, Expr>? Nonlinearity = null,
    Border Border = Border.Valid,
    int Stride = 1,
    bool Flip = true,
    Initializer? W = null,
    Initializer? B = null,
    int Dilation = 1,
    int Groups = 1,
    int? Padding = null) : Conv(Filters, Nonlinearity, Border, Flip, W, B, Groups, Padding)
{
    private protected override ImmutableArray<TapAxis> Windows => [new(Size, Stride, Dilation)];
}
