using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// One value for each window of (n, channels, space…). An axis of m places becomes ⌊(m + 2 padding - k) / stride⌋ + 1, or with partial windows
/// ⌈…⌉ + 1, without those that would begin behind the end.
/// </summary>
/// <param name="Padding">How far windows reach beyond both ends of every axis, at most half a window.</param>
/// <param name="Partial">An incomplete window at the end counts too. (Lasagne's ignore_border=False, PyTorch's ceil_mode.)</param>
public abstract record Pooling(int Padding, bool Partial) : Layer
{
    private protected abstract ImmutableArray<PoolWindow> Windows { get; }

    private protected abstract Expr Pooled(Expr input);

    protected internal override ImmutableArray<TapAxis>? Field(Shape input) => [.. Windows.Select(w => w.Axis)];

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        var (axes, size) = (Windows.Length, Space.By(Windows.Select(w => w.Taps)));
        Require(Windows.All(w => w.Taps >= 1), name, input, $"windows of {size} cannot be had, {Space.By(Windows.Select(_ => 1))} or more can");
        Require(Windows.All(w => w.Axis.Stride >= 1) && Padding >= 0 && Windows.All(w => 2 * Padding <= w.Taps), name, input,
            $"windows of {size} with stride {Space.Each([.. Windows.Select(w => w.Axis.Stride)])} and padding {Padding} cannot be had, a stride of at least 1 and a padding of at most half a window can");
        Require(input.Rank == axes + 2, name, input, Space.Wanted(axes));
        var least = Windows.Select(w => Math.Max(1, w.Taps - Padding - (Partial ? Math.Min(Padding + w.Axis.Stride, w.Taps) - 1 : Padding))).ToList();
        Require(least.Select((l, i) => input[i + 2].AtLeast(l) == true).All(fits => fits), name, input,
            $"windows of {size} need {Space.Plural(axes)} of at least {Space.By(least)}");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => Pooled(input);

    private protected ImmutableArray<PoolWindow> Padded(ImmutableArray<TapAxis> windows) => [.. windows.Select(w => new PoolWindow(w.Taps, w.Stride, Padding))];
}
