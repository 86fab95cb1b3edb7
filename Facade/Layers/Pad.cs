using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Values around the axes of space of (n, channels, space…). (Lasagne's PadLayer with its batch_ndim=2 knows zeros and other constants.)</summary>
/// <param name="Widths">Places before and after: one pair for all axes of space, or one for each of the last axes (as many pairs as it is for).</param>
/// <param name="Filling">What stands there.</param>
/// <param name="Value">For <see cref="PadMode.Constant"/>.</param>
public sealed record Pad(Sequence<(int Before, int After)> Widths, PadMode Filling = PadMode.Constant, double Value = 0) : Layer
{
    /// <summary>As many places on both sides of every axis of space.</summary>
    public Pad(int width, PadMode filling = PadMode.Constant, double value = 0) : this([(width, width)], filling, value) { }

    public override string Kind => "pad";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Widths.Count > 0 && Widths.All(w => w is { Before: >= 0, After: >= 0 }), name, input, $"widths of {string.Join(", ", Widths)} cannot be had, pairs of 0 or more can");
        Require(Widths.Count == 1 ? input.Rank >= 3 : input.Rank > Widths.Count, name, input,
            Widths.Count == 1 ? "(n, channels, …) with axes of space would fit" : $"(n, …) with {Widths.Count} axes more would fit");
        var pairs = Pairs(input);
        for (var axis = 1; axis < input.Rank; axis++)
        {
            var (widest, least) = (Math.Max(pairs[axis].Before, pairs[axis].After), Least(pairs[axis]));
            Require(widest == 0 || input[axis].AtLeast(least) == true, name, input, $"{Filling.ToString().ToLowerInvariant()} padding of {widest} needs at least {least} places along axis {axis}");
        }
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) =>
        Formulas.Pad(input, Pairs(input.Shape), Filling, Value);

    private (int Before, int After)[] Pairs(Shape input) => Widths.Count == 1
        ? [.. Enumerable.Range(0, input.Rank).Select(axis => axis < 2 ? (0, 0) : Widths[0])]
        : [.. Enumerable.Repeat((0, 0), input.Rank - Widths.Count), .. Widths];

    private int Least((int Before, int After) width) => Math.Max(width.Before, width.After) is var widest ? Filling switch
    {
        PadMode.Constant => 0,
        PadMode.Replicate => 1,
        PadMode.Reflect => widest + 1,
        _ => widest,
    } : 0;
}
