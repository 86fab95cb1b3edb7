using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

internal sealed partial class Interpreter
{
    public Tensor<double> Reshape(Op.Reshape op) => Tensor<double>.Of(args[0].Span, Target);

    public Tensor<double> Permute(Op.Permute op) => Each(i =>
    {
        var from = new int[i.Length];
        for (var axis = 0; axis < i.Length; axis++) from[op.Order[axis]] = i[axis];
        return args[0][from];
    });

    public Tensor<double> BroadcastTo(Op.BroadcastTo op)
    {
        var x = args[0];
        return Each(i => x[[.. i[^x.Rank..].Select((position, axis) => x.Sizes[axis] == 1 ? 0 : position)]]);
    }

    public Tensor<double> Slice(Op.Slice op) =>
        Each(i => args[0][[.. op.Ranges.Select((r, axis) => Start(r, sizes) + i[axis] * r.Step)]]);

    public Tensor<double> Pad(Op.Pad op)
    {
        var target = Target;
        var values = new double[target.Aggregate(1, (a, b) => a * b)];
        foreach (var i in Positions.All(args[0].Sizes.ToArray()))
            values[Positions.Flat(target, [.. op.Ranges.Select((r, axis) => Start(r, sizes) + i[axis] * r.Step)])] = args[0][i];
        return Tensor<double>.Of(values, target);
    }

    public Tensor<double> Concatenate(Op.Concatenate op) => Each(i =>
    {
        int[] position = [.. i];
        foreach (var part in args)
        {
            if (position[op.Axis] < part.Sizes[op.Axis]) return part[position];
            position[op.Axis] -= part.Sizes[op.Axis];
        }
        throw new InvalidOperationException("the parts are shorter than the result");
    });
}
