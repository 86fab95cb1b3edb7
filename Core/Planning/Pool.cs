using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Planning;

/// <summary>
/// A maximum over windows that tile two axes: of (n, c, rows, Height, columns, Width) over the third and the last. Its indicator, where only
/// cotangents are multiplied by it, is stored as the place of each window's first maximum, a number a window.
/// </summary>
/// <param name="Maximum">The maxima.</param>
/// <param name="Indicator">What is stored as places; null where nobody asks.</param>
/// <param name="Windows">What the maxima are of.</param>
/// <param name="Height">Rows of a window.</param>
/// <param name="Width">Columns of a window.</param>
/// <param name="Convolution">The convolution that makes the windows, where nobody else reads them.</param>
/// <param name="Once">Whether nobody asks for the maxima, and one product for their places: neither is then stored.</param>
internal sealed record Pool(Expr Maximum, Expr? Indicator, Expr Windows, int Height, int Width, PooledSource? Convolution, bool Once = false)
{
    public ImmutableArray<Expr> Written => Indicator is null ? [Maximum] : [Maximum, Indicator];
}

/// <summary>A convolution and the bias of its filters.</summary>
internal sealed record PooledSource(Expr Node, Expr? Bias)
{
    public ConvolutionForm Form => ((Op.Convolution)Node.Op).Form;
}
