using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

internal sealed partial class Interpreter
{
    /// <summary>As it is defined, each value by itself: yₖ = aₖ yₖ₋₁ + bₖ down to y₀ = b₀.</summary>
    public Tensor<double> Cumulate(Op.Cumulate op)
    {
        double Value(int[] at)
        {
            if (at[op.Axis] == (op.Reverse ? Target[op.Axis] - 1 : 0)) return args[1][at];
            int[] before = [.. at];
            before[op.Axis] += op.Reverse ? 1 : -1;
            return args[0][at] * Value(before) + args[1][at];
        }
        return Each(Value);
    }

    public Tensor<double> RunningMaximum(Op.RunningMaximum op) => Each(at =>
        Enumerable.Range(0, at[op.Axis] + 1).Select(k => args[0][[.. at[..op.Axis], k, .. at[(op.Axis + 1)..]]]).Aggregate(Math.Max));

    public Tensor<double> Product(Op.Product op) => Reduced(op.Axes, 1, (product, x) => product * x);
}
