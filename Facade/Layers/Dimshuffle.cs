using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>
/// The axes in another order: axis i of the output is axis order[i] of the input, or a new one of length 1 where that is <see cref="New"/>. Axes of
/// length 1 may be left out. The first one, of the examples, stays the first.
/// </summary>
/// <param name="Order">(0, 2, 1) exchanges the axes of (n, channels, length).</param>
public sealed record Dimshuffle(Sequence<int> Order) : Layer
{
    /// <summary>A new axis: Lasagne's and Theano's 'x'.</summary>
    public const int New = -1;

    public Dimshuffle(params ReadOnlySpan<int> order) : this(Sequence.Create(order)) { }

    public override string Kind => "dimshuffle";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        var kept = Order.Where(a => a != New).ToList();
        Require(Order.Count > 0 && Order[0] == 0 && kept.Distinct().Count() == kept.Count && kept.All(a => a >= 0 && a < input.Rank), name, input,
            $"({string.Join(", ", Order.Select(a => a == New ? "new" : $"{a}"))}) is no order of its axes; one that begins with 0 and has each of 1 to {input.Rank - 1} at most once would fit");
        var lost = Enumerable.Range(0, input.Rank).Except(kept).Where(a => !input[a].Is(1)).ToList();
        Require(lost.Count == 0, name, input, $"the order leaves out axis {lost.FirstOrDefault()}, and only axes of length 1 can be left out");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => Definition.Apply(Kind, [input], p =>
    {
        int[] kept = [.. Order.Where(a => a != New)];
        var ordered = p[0].Permute([.. kept, .. Enumerable.Range(0, input.Rank).Except(kept)]);
        return ordered.Reshape(new Shape([.. Order.Select(a => a == New ? 1 : input.Shape[a])]));
    });
}
