using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// Transposed ("fractionally strided") convolution y = f(Wᵀ x + b): the linear map of the convolution that would take y to x, transposed. W is
/// (in, filters / groups, taps…) as in Lasagne and PyTorch, b is (filters). An axis of m places becomes
/// (m - 1) stride + dilation (k - 1) + 1 - 2 padding + output padding.
/// </summary>
public abstract record TransposedConv(
    int Filters, Func<Expr, Expr>? Nonlinearity, Border Border, bool Flip, Initializer? W, Initializer? B, int Groups, int? Padding, int OutputPadding) : Layer
{
    public override string Kind => "transposed_conv";

    private protected abstract ImmutableArray<TapAxis> Windows { get; }

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        var axes = Windows.Length;
        Require(Filters >= 1 && Groups >= 1 && Padding is null or >= 0 && Windows.All(w => w is { Taps: >= 1, Stride: >= 1, Dilation: >= 1 }), name, input,
            $"{Filters} filters of {Space.By(Windows.Select(w => w.Taps))} in {Groups} groups, with stride {Space.Each([.. Windows.Select(w => w.Stride)])}, dilation {Space.Each([.. Windows.Select(w => w.Dilation)])} and padding {Padding ?? 0} cannot be had, 1 or more of each and a padding from 0 can");
        Require(OutputPadding >= 0 && Windows.All(w => OutputPadding < w.Stride), name, input,
            $"an output padding of {OutputPadding} cannot be had, one from 0 and below the stride {Space.Each([.. Windows.Select(w => w.Stride)])} can");
        Require(input.Rank == axes + 2, name, input, Space.Wanted(axes));
        Require(Padding is not null || Border != Border.Same || Windows.All(w => w.Span % 2 == 1), name, input,
            $"with the border 'same' filters of odd lengths would fit, not {Space.By(Windows.Select(w => w.Span))}");
        Require(Windows.Select((w, i) => Places(w, input[i + 2]).AtLeast(1) == true).All(fits => fits), name, input,
            $"the border takes away all of the {Space.By(Windows.Select(w => w.Span))} that each place becomes: larger {Space.Plural(axes)}, a smaller padding or the border 'valid' would fit");
        var channels = Length(name, input, 1);
        Require(channels % Groups == 0 && Filters % Groups == 0, name, input,
            $"{Groups} groups of channels would fit where they divide the {channels} channels and the {Filters} filters");
        return
        [
            Parameter.Of(name, "W", [channels, Filters / Groups, .. Windows.Select(w => w.Taps)], W ?? Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "b", [Filters], B ?? Init.Constant(0), Parameter.Bias),
        ];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Definition.Apply(Kind, [input, .. parameters], p =>
        {
            var y = p[0].ConvolveTransposed(p[1], Windows.Select(Axis), [.. Windows.Select(_ => OutputPadding)], Groups, Flip) + p[2].AlongChannels(input.Shape);
            return Nonlinearity is null ? y : Nonlinearity(y);
        });

    private WindowAxis Axis(TapAxis w) => Space.Zeros(Border, Padding, w.Span) is var (low, high) ? new(w.Stride, w.Dilation, low, high) : default;

    private Dim Places(TapAxis w, Dim length) => (length - 1) * w.Stride + w.Span - Axis(w).Low - Axis(w).High + OutputPadding;
}
