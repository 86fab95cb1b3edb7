using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>y = f(x ∗ W + b) of images (n, in, height, width): W is (filters, in, rows, columns), b is (filters).</summary>
/// <param name="Filters">At least 1.</param>
/// <param name="Size">Rows and columns of a filter; 7 means 7x7.</param>
/// <param name="Nonlinearity">f; none means a linear layer.</param>
/// <param name="Flip">Filters are reversed in space: true convolution, as Lasagne has it by default. Without, cross-correlation.</param>
/// <param name="W">By default Glorot and Bengio's uniform weights.</param>
/// <param name="B">By default 0.</param>
public sealed record Conv2D(
    int Filters,
    Size2D Size,
    Func<Expr, Expr>? Nonlinearity = null,
    Border Border = Border.Valid,
    int Stride = 1,
    bool Flip = true,
    Initializer? W = null,
    Initializer? B = null) : Layer
{
    public override string Kind => "conv";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Filters >= 1 && Size is { Height: >= 1, Width: >= 1 } && Stride >= 1, name, input,
            $"{Filters} filters of {Size} with stride {Stride} cannot be had, 1 or more of each can");
        Require(input.Rank == 4, name, input, "images (n, channels, height, width) would fit");
        Require(Border != Border.Same || (Size.Height % 2 == 1 && Size.Width % 2 == 1), name, input,
            $"with the border 'same' filters of odd lengths would fit, not {Size}");
        Require(Border != Border.Valid || (input[2].AtLeast(Size.Height) == true && input[3].AtLeast(Size.Width) == true), name, input,
            $"filters of {Size} with the border 'valid' need images of at least {Size}, or a smaller filter");
        return
        [
            Parameter.Of(name, "W", [Filters, Length(name, input, 1), Size.Height, Size.Width], W ?? Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "b", [Filters], B ?? Init.Constant(0), Parameter.Bias),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input, .. parameters], p =>
        {
            var y = p[0].Convolve(p[1], [Window(Size.Height), Window(Size.Width)], flip: Flip) + p[2].Reshape(Filters, 1, 1);
            return Nonlinearity is null ? y : Nonlinearity(y);
        });

    private WindowAxis Window(int taps)
    {
        var padding = Border switch { Border.Valid => 0, Border.Same => (taps - 1) / 2, _ => taps - 1 };
        return new WindowAxis(Stride, Low: padding, High: padding);
    }
}
