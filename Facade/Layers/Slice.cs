using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Layers;

/// <summary>Some places along an axis: start, start + step, …. (Lasagne's SliceLayer, which is told a slice or an index.)</summary>
/// <param name="Start">The first place; a negative one counts from the end.</param>
/// <param name="Count">How many; all up to the end when not given.</param>
/// <param name="Axis">Not that of the examples; -1 is the last.</param>
/// <param name="Step">At least 1.</param>
/// <param name="Drop">The axis is left out: for a single place.</param>
public sealed record Slice(int Start, int? Count = null, int Axis = -1, int Step = 1, bool Drop = false) : Layer
{
    /// <summary>One place, without its axis.</summary>
    public static Slice At(int index, int axis = -1) => new(index, 1, axis, 1, true);

    public override string Kind => "slice";

    protected internal override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(Step >= 1 && Count is null or >= 1, name, input, $"{(Count is { } places ? $"{places}" : "all")} places with a step of {Step} cannot be had, 1 or more of each can");
        Require(!Drop || Count == 1, name, input, "an axis is left out of a single place only: a count of 1 would fit");
        Require(Axis < input.Rank && Axis >= -input.Rank && input.Axis(Axis) != 0, name, input, $"axis {Axis} cannot be sliced, an axis from 1 to {input.Rank - 1} can");
        var range = Range(input);
        Require(range.Length.AtLeast(1) == true && range.Fits(input[input.Axis(Axis)]) == true, name, input,
            $"places {Start}{(Count is { } count ? $" to {Start + (count - 1) * Step}" : " on")} would fit a length of axis {input.Axis(Axis)} that has them");
        return [];
    }

    protected internal override LayerOutput Forward(Mode mode, Key key, Expr input, ImmutableArray<Expr> parameters) => Definition.Apply(Kind, [input], p =>
    {
        var sliced = p[0].Slice(Axis, Range(input.Shape));
        return Drop ? sliced.Reshape(input.Shape.Without([input.Shape.Axis(Axis)])) : sliced;
    });

    private StridedRange Range(Shape input)
    {
        var length = input[input.Axis(Axis)];
        var first = Start < 0 ? length + Start : Start;
        return new(first, Count ?? Dim.FloorDivide(length - first + (Step - 1), Step), Step);
    }
}
