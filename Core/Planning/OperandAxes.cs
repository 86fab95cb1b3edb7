namespace AutoDiffAE.Planning;

/// <summary>
/// The axes of a shape as several operands walk them, outermost first: none of size 1, and neighbours that every operand could walk as
/// one are one. An operand that is broadcast along an axis has stride 0 there. Offsets are counted from an operand's start.
/// </summary>
internal sealed record OperandAxes(int[] Sizes, int[][] Strides, int[] Starts)
{
    /// <param name="shape">The sizes iterated over.</param>
    /// <param name="operands">Where each operand lies; its missing and unit axes are broadcast.</param>
    public static OperandAxes Of(int[] shape, IReadOnlyList<Layout> operands)
    {
        var (pieces, strides) = Cut(shape, operands);
        var sizes = new List<int>();
        var kept = operands.Select(_ => new List<int>()).ToArray();
        for (var axis = 0; axis < pieces.Count; axis++)
        {
            if (pieces[axis] == 1) continue;
            var merges = sizes.Count > 0 && kept.Select((k, o) => k[^1] == pieces[axis] * strides[o][axis]).All(m => m);
            if (!merges)
            {
                sizes.Add(1);
                foreach (var k in kept) k.Add(0);
            }
            sizes[^1] *= pieces[axis];
            for (var o = 0; o < kept.Length; o++) kept[o][^1] = strides[o][axis];
        }
        return new([.. sizes], [.. kept.Select(k => k.ToArray())], [.. operands.Select(o => o.Start)]);
    }

    /// <summary>The elements along the innermost axis.</summary>
    public int Inner => Sizes.Length == 0 ? 1 : Sizes[^1];

    /// <summary>All axes but the innermost.</summary>
    public OperandAxes Outer => Select([.. Enumerable.Range(0, Math.Max(0, Sizes.Length - 1))]);

    /// <summary>The axes with these numbers, in their order.</summary>
    public OperandAxes Select(int[] order) => new([.. order.Select(a => Sizes[a])], [.. Strides.Select(s => order.Select(a => s[a]).ToArray())], Starts);

    /// <summary>For each operand, whether one number serves all elements along the innermost axis.</summary>
    public bool[] Splats => [.. Strides.Select(s => s.Length == 0 || s[^1] == 0)];

    /// <summary>For each operand, whether the elements along the innermost axis lie side by side, or are one.</summary>
    public bool[] InRows => [.. Strides.Select(s => s.Length == 0 || s[^1] is 0 or 1)];

    /// <summary>The offset of an operand's element at a place counted in row-major order, in elements.</summary>
    public nint Offset(int operand, int place)
    {
        var strides = Strides[operand];
        nint offset = Starts[operand];
        for (var axis = Sizes.Length - 1; axis > 0; axis--)
        {
            (place, var at) = Math.DivRem(place, Sizes[axis]);
            offset += (nint)strides[axis] * at;
        }
        return Sizes.Length == 0 ? offset : offset + (nint)strides[0] * place;
    }

    /// <summary>A shape's axes, cut wherever an operand's are, and the strides of each operand along the pieces.</summary>
    private static (List<int> Pieces, List<int>[] Strides) Cut(int[] shape, IReadOnlyList<Layout> operands)
    {
        var pieces = new List<int>();
        var strides = operands.Select(_ => new List<int>()).ToArray();
        var along = operands.Select(o => Along(o, shape)).ToArray();
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var whole = shape[axis];
            foreach (var cut in along.SelectMany(a => a[axis].Select(piece => piece.Behind)).Append(1).Distinct().OrderDescending())
            {
                if (whole % cut != 0) throw new InvalidOperationException($"an axis of {shape[axis]} is cut at {whole} and at {cut}");
                pieces.Add(whole / cut);
                for (var o = 0; o < strides.Length; o++) strides[o].Add(along[o][axis].Where(piece => piece.Holds(cut)).Select(piece => piece.Stride * (cut / piece.Behind)).FirstOrDefault());
                whole = cut;
            }
        }
        return (pieces, strides);
    }

    /// <summary>An operand's pieces of each axis of a shape; none where it is broadcast, or where there is nothing to walk.</summary>
    private static List<Piece>[] Along(Layout operand, int[] shape)
    {
        var pieces = shape.Select(_ => new List<Piece>()).ToArray();
        if (shape.Contains(0)) return pieces;
        var next = operand.Sizes.Length - 1;
        for (var i = 1; i <= operand.Shape.Length; i++)
            for (var behind = 1; behind < operand.Shape[^i]; behind *= operand.Sizes[next--])
                if (operand.Sizes[next] > 1) pieces[^i].Add(new(operand.Sizes[next], operand.Strides[next], behind));
        return pieces;
    }

    /// <param name="Size">Its length.</param>
    /// <param name="Stride">From one element to the next.</param>
    /// <param name="Behind">The elements of the axis that one of its own stands for.</param>
    private readonly record struct Piece(int Size, int Stride, int Behind)
    {
        public bool Holds(int cut) => Behind <= cut && cut < Behind * (long)Size;
    }
}
