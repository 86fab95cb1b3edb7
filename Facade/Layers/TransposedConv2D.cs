using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;

namespace AutoDiffAE.Layers;

/// <summary>y = f(Wᵀ x + b) of images (n, in, height, width), the transpose of a convolution: W is (in, filters / groups, rows, columns), b is (filters).</summary>
/// <param name="Filters">Channels of y, at least 1.</param>
/// <param name="Size">Rows and columns of a filter; 7 means 7x7.</param>
/// <param name="Nonlinearity">f; none means a linear layer. (Lasagne's rectifies unless told otherwise.)</param>
/// <param name="Border">The border of the convolution of which this is the transpose: a valid one makes it larger, a full one smaller. (Lasagne's crop.)</param>
/// <param name="Stride">Places of y from one place of x to the next; 1 when not given.</param>
/// <param name="Flip">
/// Whether the convolution of which this is the transpose reverses its filters, as <see cref="Conv2D"/> does unless told otherwise. That is Lasagne's
/// default (which says flip_filters=False, of the correlation that slides here); PyTorch's conv_transpose is without.
/// </param>
/// <param name="W">By default Glorot and Bengio's uniform weights.</param>
/// <param name="B">By default 0.</param>
/// <param name="Dilation">From one tap of a filter to the next; 1 when not given.</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
/// <param name="Padding">Places taken away on both sides of every axis, in place of the border.</param>
/// <param name="OutputPadding">Places more at the end of each axis, fewer than the stride: which of the possible sizes y has. (Lasagne's output_size.)</param>
public sealed record TransposedConv2D(
    int Filters,
    Size2D Size,
    Func<Expr, Expr>? Nonlinearity = null,
    Border Border = Border.Valid,
    Size2D? Stride = null,
    bool Flip = true,
    Initializer? W = null,
    Initializer? B = null,
    Size2D? Dilation = null,
    int Groups = 1,
    int? Padding = null,
    int OutputPadding = 0) : TransposedConv(Filters, Nonlinearity, Border, Flip, W, B, Groups, Padding, OutputPadding)
{
    private protected override ImmutableArray<TapAxis> Windows => Size.Windows(Stride ?? 1, Dilation ?? 1);
}
