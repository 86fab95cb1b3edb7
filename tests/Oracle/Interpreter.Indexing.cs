using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

internal sealed partial class Interpreter
{
    public Tensor<double> Gather(Op.Gather op)
    {
        var (x, index) = (args[0], args[1]);
        var indexed = index.Rank - op.Batch;
        return Each(at => x[[.. at[..op.Axis], Position(index[Pointer(at, op.Batch, op.Axis, indexed)], x.Sizes[op.Axis]), .. at[(op.Axis + indexed)..]]]);
    }

    public Tensor<double> ScatterAdd(Op.ScatterAdd op)
    {
        var (index, y) = (args[0], args[1]);
        var (target, indexed) = (Target, index.Rank - op.Batch);
        var values = new double[target.Aggregate(1, (a, b) => a * b)];
        foreach (var i in index.Span) Position(i, target[op.Axis]);
        foreach (var at in Positions.All(y.Sizes.ToArray()))
            values[Positions.Flat(target, [.. at[..op.Axis], Position(index[Pointer(at, op.Batch, op.Axis, indexed)], target[op.Axis]), .. at[(op.Axis + indexed)..]])] += y[at];
        return Tensor<double>.Of(values, target);
    }

    /// <summary>Where the index stands that a place of the indexed array belongs to.</summary>
    private static int[] Pointer(int[] at, int batch, int axis, int indexed) => [.. at[..batch], .. at[axis..(axis + indexed)]];

    private static int Position(double index, int length) =>
        double.IsInteger(index) && index >= -length && index < length ? (int)index + (index < 0 ? length : 0)
        : throw new IndexException($"{index} is no position of an axis of length {length}");

    /// <summary>An element stands behind all that are less, and behind those equal to it that come before it.</summary>
    public Tensor<double> ArgSort(Op.ArgSort op)
    {
        var x = args[0];
        var sizes = x.Sizes.ToArray();
        var values = new double[x.Length];
        static int Order(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a < b ? -1 : a > b ? 1 : 0;
        foreach (var at in Positions.All(sizes))
        {
            int[] position = [.. at];
            var (value, rank) = (x[at], 0);
            for (var other = 0; other < sizes[op.Axis]; other++)
            {
                position[op.Axis] = other;
                var order = Order(x[position], value);
                if (order < 0 || (order == 0 && other < at[op.Axis])) rank++;
            }
            position[op.Axis] = rank;
            values[Positions.Flat(sizes, position)] = at[op.Axis];
        }
        return Tensor<double>.Of(values, sizes);
    }
}
