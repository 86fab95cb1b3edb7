namespace AutoDiffAE.Cpu;

/// <summary>
/// The axes of a shape as several operands walk them, outermost first: none of size 1, and neighbours that every operand could walk as
/// one are one. An operand that is broadcast along an axis has stride 0 there.
/// </summary>
internal sealed record OperandAxes(int[] Sizes, int[][] Strides)
{
    /// <param name="shape">The sizes iterated over.</param>
    /// <param name="operands">The sizes of each operand, of which missing and unit ones are broadcast.</param>
    public static OperandAxes Of(int[] shape, IReadOnlyList<int[]> operands)
    {
        var strides = operands.Select(o => BroadcastStrides(o, shape)).ToArray();
        var sizes = new List<int>();
        var kept = operands.Select(_ => new List<int>()).ToArray();
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 1) continue;
            var merges = sizes.Count > 0 && kept.Select((k, o) => k[^1] == shape[axis] * strides[o][axis]).All(m => m);
            if (!merges)
            {
                sizes.Add(1);
                foreach (var k in kept) k.Add(0);
            }
            sizes[^1] *= shape[axis];
            for (var o = 0; o < kept.Length; o++) kept[o][^1] = strides[o][axis];
        }
        return new([.. sizes], [.. kept.Select(k => k.ToArray())]);
    }

    /// <summary>The elements along the innermost axis.</summary>
    public int Inner => Sizes.Length == 0 ? 1 : Sizes[^1];

    /// <summary>All axes but the innermost.</summary>
    public OperandAxes Outer => new([.. Sizes.SkipLast(1)], [.. Strides.Select(s => s.SkipLast(1).ToArray())]);

    /// <summary>The axes with these numbers, in their order.</summary>
    public OperandAxes Select(int[] order) => new([.. order.Select(a => Sizes[a])], [.. Strides.Select(s => order.Select(a => s[a]).ToArray())]);

    /// <summary>For each operand, whether one number serves all elements along the innermost axis.</summary>
    public bool[] Splats => [.. Strides.Select(s => s.Length == 0 || s[^1] == 0)];

    /// <summary>The offset of an operand's element at a place counted in row-major order, in elements.</summary>
    public nint Offset(int operand, int place)
    {
        var strides = Strides[operand];
        nint offset = 0;
        for (var axis = Sizes.Length - 1; axis > 0; axis--)
        {
            (place, var at) = Math.DivRem(place, Sizes[axis]);
            offset += (nint)strides[axis] * at;
        }
        return Sizes.Length == 0 ? 0 : offset + (nint)strides[0] * place;
    }

    private static int[] BroadcastStrides(int[] operand, int[] shape)
    {
        var strides = new int[shape.Length];
        var stride = 1;
        for (var i = 1; i <= operand.Length; i++)
        {
            strides[^i] = operand[^i] == 1 ? 0 : stride;
            stride *= operand[^i];
        }
        return strides;
    }
}
