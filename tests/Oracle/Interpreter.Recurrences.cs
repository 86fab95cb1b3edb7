using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

internal sealed partial class Interpreter
{
    /// <summary>yₖ = Σⱼ bⱼ aⱼ₊₁ ⋯ aₖ over the j before k and k itself, each term by itself.</summary>
    public Tensor<double> Cumulate(Op.Cumulate op) => Each(at =>
    {
        var (a, b) = (args[0], args[1]);
        int[] position = [.. at];
        double At(Tensor<double> x, int k)
        {
            position[op.Axis] = k;
            return x[position];
        }
        var (to, step) = (at[op.Axis], op.Reverse ? -1 : 1);
        var (sum, first) = (0.0, op.Reverse ? a.Sizes[op.Axis] - 1 : 0);
        for (var j = first; j != to + step; j += step)
        {
            var term = At(b, j);
            for (var k = j; k != to; k += step) term *= At(a, k + step);
            sum += term;
        }
        return sum;
    });

    public Tensor<double> RunningMaximum(Op.RunningMaximum op) => Each(at =>
        Enumerable.Range(0, at[op.Axis] + 1).Select(k => args[0][[.. at[..op.Axis], k, .. at[(op.Axis + 1)..]]]).Aggregate(Math.Max));

    public Tensor<double> Product(Op.Product op) => Reduced(op.Axes, 1, (product, x) => product * x);
}
