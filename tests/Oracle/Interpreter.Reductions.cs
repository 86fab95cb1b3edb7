using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

internal sealed partial class Interpreter
{
    public Tensor<double> Sum(Op.Sum op) => Reduced(op.Axes, 0, (sum, x) => sum + x);

    public Tensor<double> Maximum(Op.Maximum op) => Reduced(op.Axes, double.NegativeInfinity, Math.Max);

    private Tensor<double> Reduced(Axes axes, double start, Func<double, double, double> fold)
    {
        var target = Target;
        var values = new double[target.Aggregate(1, (a, b) => a * b)];
        Array.Fill(values, start);
        foreach (var i in Positions.All(args[0].Sizes.ToArray()))
        {
            var at = Group(axes, target, i);
            values[at] = fold(values[at], args[0][i]);
        }
        return Tensor<double>.Of(values, target);
    }

    private static int Group(Axes axes, int[] target, int[] index) =>
        Positions.Flat(target, [.. index.Where((_, axis) => !axes.Contains(axis))]);

    public Tensor<double> MaximumIndicator(Op.MaximumIndicator op)
    {
        var x = args[0];
        var all = x.Sizes.ToArray();
        var groups = all.Where((_, axis) => !op.Axes.Contains(axis)).ToArray();
        var count = groups.Aggregate(1, (a, b) => a * b);
        var greatest = new double[count];
        Array.Fill(greatest, double.NegativeInfinity);
        foreach (var i in Positions.All(all)) greatest[Group(op.Axes, groups, i)] = Math.Max(greatest[Group(op.Axes, groups, i)], x[i]);
        var ties = new int[count];
        foreach (var i in Positions.All(all))
            if (x[i] == greatest[Group(op.Axes, groups, i)]) ties[Group(op.Axes, groups, i)]++;
        var seen = new bool[count];
        return Each(i =>
        {
            var group = Group(op.Axes, groups, i);
            if (x[i] != greatest[group]) return 0;
            var first = !seen[group];
            seen[group] = true;
            return op.Ties switch
            {
                TieRule.Share => 1.0 / ties[group],
                TieRule.First => first ? 1 : 0,
                _ => 1,
            };
        });
    }
}
