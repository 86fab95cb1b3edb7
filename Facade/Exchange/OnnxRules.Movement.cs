using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Exchange;

internal sealed partial class OnnxRules
{
    /// <summary>One length that is not a number is left to be worked out (-1).</summary>
    public string Reshape(Op.Reshape op)
    {
        var target = op.Target;
        var unknown = target.Count(d => d.Value is null);
        if (target.Any(d => d.Is(0)))
            return graph.Node("Reshape", node, [Arg(), graph.Lengths(target, node)], OnnxAttribute.Of("allowzero", 1));
        return Node("Reshape", Arg(), unknown <= 1 ? graph.Integers([.. target.Select(d => d.Value ?? -1)]) : graph.Lengths(target, node));
    }

    public string Permute(Op.Permute op) => op.Order.Count == 0 ? Arg() : graph.Node("Transpose", node, [Arg()], OnnxAttribute.Of("perm", op.Order));

    /// <summary>Where an axis keeps its length, a length of 1 says so.</summary>
    public string BroadcastTo(Op.BroadcastTo op)
    {
        var lead = op.Target.Rank - ShapeOf().Rank;
        return Node("Expand", Arg(), graph.Lengths([.. op.Target.Select((d, i) => i >= lead && d == ShapeOf()[i - lead] ? 1 : d)], node));
    }

    public string Slice(Op.Slice op)
    {
        var sliced = op.Ranges.Index().Where(r => !r.Item.IsAll(ShapeOf()[r.Index])).ToList();
        if (sliced.Count == 0) return Arg();
        var bounds = sliced.Select(r => Bounds(r.Item, ShapeOf()[r.Index])).ToList();
        return Node("Slice", Arg(), graph.Integers([.. bounds.Select(b => b.Start)]), graph.Integers([.. bounds.Select(b => b.End)]),
            graph.Integers([.. sliced.Select(r => (long)r.Index)]), graph.Integers([.. sliced.Select(r => (long)r.Item.Step)]));
    }

    /// <summary>Places counted from the start where they are numbers, else from the end.</summary>
    private (long Start, long End) Bounds(StridedRange range, Dim length)
    {
        if (range.Length.Is(0)) return range.Step > 0 ? (0, 0) : (-1, -1);
        var (start, last) = (Place(range.Start, length), Place(range.Last, length));
        // The end is not taken; before the first place there is none but the smallest number.
        return range.Step > 0
            ? (start, last == -1 ? long.MaxValue : last + 1)
            : (start, last == 0 ? long.MinValue + 1 : last - 1);
    }

    private long Place(Dim place, Dim length) => place.Value ?? (place - length).Value
        ?? throw Refused($"a slice reaches to {place} of {length}, and has to reach to a number from the start or from the end in ONNX");

    /// <summary>Zeros behind what was spread; where the last element's own zeros are too many, a negative number of them.</summary>
    public string Pad(Op.Pad op)
    {
        if (op.Ranges.Any(r => r.Step < 1)) return Missing("turns an axis round among zeros");
        var before = op.Ranges.Select(r => Known(r.Start, "a padding")).ToList();
        var after = op.Ranges.Select((r, i) => Known(op.Target[i] - r.Start - r.Length * r.Step, "a padding"));
        return Node("Pad", op.Ranges.Any(r => r.Step > 1) ? Spread(op.Ranges) : Arg(), graph.Integers([.. before, .. after]));
    }

    /// <summary>Each element with step - 1 zeros behind it, along each axis: each axis gets another beside it, which is padded, and both become one.</summary>
    private string Spread(Sequence<StridedRange> ranges)
    {
        var apart = Node("Reshape", Arg(), graph.Lengths([.. ranges.SelectMany(r => (Dim[])[r.Length, 1])], node));
        var zeros = Node("Pad", apart, graph.Integers([.. ranges.SelectMany(_ => (long[])[0, 0]), .. ranges.SelectMany(r => (long[])[0, r.Step - 1])]));
        return Node("Reshape", zeros, graph.Lengths([.. ranges.Select(r => r.Length * r.Step)], node));
    }

    public string Concatenate(Op.Concatenate op) => graph.Node("Concat", node, [.. node.Args.Select(a => graph[a])], OnnxAttribute.Of("axis", op.Axis));

    public string Gather(Op.Gather op) => op.Batch == 0
        ? graph.Node("Gather", node, [Arg(0), As(OnnxTensor.Int64, Arg(1))], OnnxAttribute.Of("axis", op.Axis))
        : Missing("takes elements by indices of their own for each of several rows");

    public string ScatterAdd(Op.ScatterAdd op) => Missing("adds to places given by indices");

    /// <summary>TopK of all: of equal elements the first comes first, as here.</summary>
    public string ArgSort(Op.ArgSort op)
    {
        var positions = graph.Unique(node.Op.Name);
        graph.Add(new("TopK", [Arg(), graph.Length(node.Shape[op.Axis], node)], [graph.Unique("sorted"), positions],
            [OnnxAttribute.Of("axis", op.Axis), OnnxAttribute.Of("largest", 0), OnnxAttribute.Of("sorted", 1)]));
        return As(OnnxTensor.Float, positions);
    }
}
