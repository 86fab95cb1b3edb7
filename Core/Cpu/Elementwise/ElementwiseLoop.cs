using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>The loops of a fused body over a shape: the innermost axis is run by machine code, the outer ones give each operand's offset.</summary>
internal sealed class ElementwiseLoop
{
    private const int ChunkElements = 16384;

    private readonly OperandAxes _outer;
    private readonly int _rowsPerChunk;
    private readonly int _piecesPerRow;

    /// <param name="shape">The sizes iterated over.</param>
    /// <param name="axes">The shape's axes as the operands walk them.</param>
    public ElementwiseLoop(int[] shape, OperandAxes axes)
    {
        Count = shape.Aggregate(1, (a, b) => checked(a * b));
        (_outer, Inner, Splats) = (axes.Outer, axes.Inner, axes.Splats);
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
    public nint Offset(int operand, int row) => _outer.Offset(operand, row);
}
