namespace AutoDiffAE.Cpu;

/// <summary>
/// The loops of a fused body over a shape: neighbouring axes that every operand could walk as one are one, the innermost is run by
/// machine code, the outer ones give each operand's offset. An operand that is broadcast has stride 0.
/// </summary>
internal sealed class ElementwiseLoop
{
    private const int ChunkElements = 16384;

    private readonly int[] _sizes;
    private readonly int[][] _strides;
    private readonly int _rowsPerChunk;
    private readonly int _piecesPerRow;

    /// <param name="shape">The sizes iterated over.</param>
    /// <param name="operands">The sizes of each operand, of which missing and unit ones are broadcast.</param>
    public ElementwiseLoop(int[] shape, IReadOnlyList<int[]> operands)
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
        Count = shape.Aggregate(1, (a, b) => checked(a * b));
        Inner = sizes.Count == 0 ? 1 : sizes[^1];
        Splats = [.. kept.Select(k => k.Count == 0 || k[^1] == 0)];
        _sizes = [.. sizes.SkipLast(1)];
        _strides = [.. kept.Select(k => k.SkipLast(1).ToArray())];
        Rows = Count == 0 ? 0 : Count / Inner;
        _rowsPerChunk = Math.Max(1, ChunkElements / Math.Max(1, Inner));
        _piecesPerRow = Math.Max(1, (Inner + ChunkElements - 1) / ChunkElements);
        Chunks = _piecesPerRow > 1 ? Rows * _piecesPerRow : (Rows + _rowsPerChunk - 1) / _rowsPerChunk;
    }

    public int Count { get; }

    /// <summary>Elements along the innermost loop.</summary>
    public int Inner { get; }

    public int Rows { get; }

    public int Chunks { get; }

    /// <summary>For each operand, whether one number serves a whole row.</summary>
    public bool[] Splats { get; }

    /// <summary>The rows of a chunk and, where rows are long, the piece of the row.</summary>
    public (int FirstRow, int EndRow, int Start, int Length) Chunk(int chunk)
    {
        if (_piecesPerRow == 1)
            return (chunk * _rowsPerChunk, Math.Min((chunk + 1) * _rowsPerChunk, Rows), 0, Inner);
        var (row, piece) = (chunk / _piecesPerRow, chunk % _piecesPerRow);
        var start = piece * ChunkElements;
        return (row, row + 1, start, Math.Min(ChunkElements, Inner - start));
    }

    /// <summary>The offset of an operand's first element in a row, in elements.</summary>
    public nint Offset(int operand, int row)
    {
        var strides = _strides[operand];
        nint offset = 0;
        for (var axis = _sizes.Length - 1; axis >= 0; axis--)
        {
            offset += (nint)strides[axis] * (row % _sizes[axis]);
            row /= _sizes[axis];
        }
        return offset;
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
