using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests;

internal sealed partial class Interpreter
{
    public Tensor<double> Windows(Op.Windows op) => Each(i => args[0][Read(op.Taps, i)]);

    public Tensor<double> FoldWindows(Op.FoldWindows op)
    {
        var target = Target;
        var values = new double[target.Aggregate(1, (a, b) => a * b)];
        foreach (var i in Positions.All(args[0].Sizes.ToArray())) values[Positions.Flat(target, Read(op.Taps, i))] += args[0][i];
        return Tensor<double>.Of(values, target);
    }

    /// <summary>The position that (lead…, window…, tap…) reads.</summary>
    private static int[] Read(Sequence<TapAxis> taps, int[] i)
    {
        var (r, lead) = (taps.Count, i.Length - 2 * taps.Count);
        return [.. i[..lead], .. taps.Select((t, axis) => i[lead + axis] * t.Stride + i[lead + r + axis] * t.Dilation)];
    }
}
