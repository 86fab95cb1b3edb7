using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Convolution y = f(x ∗ W + b) of (n, in, space…) over one to three axes of space: W is (filters, in / groups, taps…), b is (filters). An axis of m
/// places becomes ⌊(m + 2 padding - dilation (k - 1) - 1) / stride⌋ + 1. Lasagne's layers rectify unless told otherwise; these are linear.
/// </summary>
public abstract record Conv(
    int Filters, Func<Expr, Expr>? Nonlinearity, Border Border, bool Flip, Initializer? W, Initializer? B, int Groups, int? Padding) : Layer
{
    public override string Kind => "conv";

    private protected abstract ImmutableArray<TapAxis> Windows { get; }

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => Windows;

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        var (axes, size) = (Windows.Length, Space.By(Windows.Select(w => w.Taps)));
        Require(Filters >= 1 && Windows.All(w => w is { Taps: >= 1, Stride: >= 1 }), name, input,
            $"{Filters} filters of {size} with stride {Space.Each([.. Windows.Select(w => w.Stride)])} cannot be had, 1 or more of each can");
        Require(Groups >= 1 && Padding is null or >= 0 && Windows.All(w => w.Dilation >= 1), name, input,
            $"{Groups} groups with dilation {Space.Each([.. Windows.Select(w => w.Dilation)])} and padding {Padding ?? 0} cannot be had, 1 or more of each and a padding from 0 can");
        Require(input.Rank == axes + 2, name, input, Space.Wanted(axes));
        Require(Padding is not null || Border != Border.Same || Windows.All(w => w.Span % 2 == 1), name, input,
            $"with the border 'same' filters of odd lengths would fit, not {Space.By(Windows.Select(w => w.Span))}");
        var least = Windows.Select(w => Space.Zeros(Border, Padding, w.Span) is var (low, high) ? w.Span - low - high : 0).ToList();
        Require(least.Select((l, i) => input[i + 2].AtLeast(l) == true).All(fits => fits), name, input,
            $"filters of {Space.By(Windows.Select(w => w.Span))} with {(Padding is { } p ? $"a padding of {p}" : $"the border '{Border.ToString().ToLowerInvariant()}'")} need {Space.Plural(axes)} of at least {Space.By(least)}, or a smaller filter");
        var channels = Length(name, input, 1);
        Require(channels % Groups == 0 && Filters % Groups == 0, name, input,
            $"{Groups} groups of channels would fit where they divide the {channels} channels and the {Filters} filters");
        return
        [
            Parameter.Of(name, "W", [Filters, channels / Groups, .. Windows.Select(w => w.Taps)], W ?? Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "b", [Filters], B ?? Init.Constant(0), Parameter.Bias),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input, .. parameters], p =>
        {
            var y = p[0].Convolve(p[1], Windows.Select(w => Space.Zeros(Border, Padding, w.Span) is var (low, high) ? new WindowAxis(w.Stride, w.Dilation, low, high) : default), Groups, Flip)
                + p[2].AlongChannels(input.Shape);
            return Nonlinearity is null ? y : Nonlinearity(y);
        });
}
