using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Exchange;

internal sealed partial class OnnxRules
{
    public string Sum(Op.Sum op) => op.Axes.Count == 0 ? Arg()
        : graph.Node("ReduceSum", node, [Arg(), graph.Integers([.. op.Axes.Select(a => (long)a)])], OnnxAttribute.Of("keepdims", 0));

    public string Product(Op.Product op) => Reduced("ReduceProd", op.Axes);

    public string Maximum(Op.Maximum op) => IsPool(op.Axes) ? Pool() : Reduced("ReduceMax", op.Axes);

    public string MaximumIndicator(Op.MaximumIndicator op) => Missing("is the gradient of a maximum");

    private string Reduced(string operation, Axes axes) => axes.Count == 0 ? Arg()
        : graph.Node(operation, node, [Arg()], OnnxAttribute.Of("axes", axes), OnnxAttribute.Of("keepdims", 0));

    /// <summary>Whether it is the maximum of windows over the space of images (n, channels, space…).</summary>
    private bool IsPool(Axes axes) => node.Args[0].Op is Op.Windows windows && ShapeOf().Rank == 2 + 2 * windows.Taps.Count
        && axes.SequenceEqual(Enumerable.Range(2 + windows.Taps.Count, windows.Taps.Count));

    private string Pool()
    {
        var taps = ((Op.Windows)node.Args[0].Op).Taps;
        return graph.Node("MaxPool", node, [graph[node.Args[0].Args[0]]],
            OnnxAttribute.Of("kernel_shape", taps.Select(t => t.Taps)), OnnxAttribute.Of("strides", taps.Select(t => t.Stride)), OnnxAttribute.Of("dilations", taps.Select(t => t.Dilation)));
    }

    /// <summary>Along each axis the positions of the taps of each window are gathered, then the taps go behind the windows.</summary>
    public string Windows(Op.Windows op)
    {
        var (rank, lead) = (op.Taps.Count, ShapeOf().Rank - op.Taps.Count);
        var value = Arg();
        for (var i = 0; i < rank; i++)
        {
            var tap = op.Taps[i];
            var count = checked((int)Known(node.Shape[lead + i], "the number of windows"));
            long[] positions = [.. Enumerable.Range(0, count).SelectMany(o => Enumerable.Range(0, tap.Taps).Select(k => (long)o * tap.Stride + k * tap.Dilation))];
            value = graph.Node("Gather", node, [value, graph.Integers("positions", positions, count, tap.Taps)], OnnxAttribute.Of("axis", lead + 2 * i));
        }
        ImmutableArray<int> order = [.. Enumerable.Range(0, lead), .. Enumerable.Range(0, rank).Select(i => lead + 2 * i), .. Enumerable.Range(0, rank).Select(i => lead + 2 * i + 1)];
        return graph.Node("Transpose", node, [value], OnnxAttribute.Of("perm", order));
    }

    public string FoldWindows(Op.FoldWindows op) => Missing("adds windows up");
}
