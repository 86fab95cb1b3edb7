namespace AutoDiffAE.Cpu;

/// <summary>How a product is cut into chunks: by batch, pieces of the inner axis, blocks of rows and blocks of columns.</summary>
internal readonly struct MatMulBlocks
{
    private const int MostPieces = 16;
    private const int PieceLength = 4096;
    private const int FewestChunks = 32;
    private const double SmallestWork = 1 << 21;

    public readonly int Rows;
    public readonly int Columns;
    public readonly int RowBlocks;
    public readonly int ColumnBlocks;
    public readonly int Pieces;
    public readonly int PieceSteps;

    /// <summary>Only the sizes decide, never the number of threads.</summary>
    public MatMulBlocks(in MatMulGeometry g, int tileRows, int tileColumns, int mostRows, int mostColumns)
    {
        Pieces = (long)g.Rows * g.Columns * g.Batch <= 1 << 16 ? Math.Clamp(g.Inner / PieceLength, 1, MostPieces) : 1;
        PieceSteps = (g.Inner + Pieces - 1) / Pieces;
        Rows = RoundUp(Math.Min(g.Rows, mostRows), tileRows);
        Columns = RoundUp(Math.Min(g.Columns, mostColumns), tileColumns);
        while (true)
        {
            RowBlocks = (g.Rows + Rows - 1) / Rows;
            ColumnBlocks = Math.Max(1, g.Columns / Columns);
            if ((long)RowBlocks * ColumnBlocks * Pieces * g.Batch >= FewestChunks) break;
            if (2.0 * Rows * Columns * PieceSteps <= SmallestWork) break;
            if (Columns >= Rows && Columns > tileColumns) Columns = RoundUp(Columns / 2, tileColumns);
            else if (Rows > tileRows) Rows = RoundUp(Rows / 2, tileRows);
            else if (Columns > tileColumns) Columns = RoundUp(Columns / 2, tileColumns);
            else break;
        }
    }

    public int Count(int batch) => checked(RowBlocks * ColumnBlocks * Pieces * batch);

    /// <summary>The chunk's place; the last block of columns takes what is left, up to nearly two blocks.</summary>
    public Place At(int chunk, in MatMulGeometry g)
    {
        int column = chunk % ColumnBlocks * Columns;
        bool last = chunk % ColumnBlocks == ColumnBlocks - 1;
        chunk /= ColumnBlocks;
        int row = chunk % RowBlocks * Rows;
        chunk /= RowBlocks;
        int step = chunk % Pieces * PieceSteps;
        return new Place
        {
            Batch = chunk / Pieces,
            Piece = chunk % Pieces,
            Row = row,
            RowEnd = Math.Min(row + Rows, g.Rows),
            Column = column,
            ColumnEnd = last ? g.Columns : column + Columns,
            Step = Math.Min(step, g.Inner),
            StepEnd = Math.Min(step + PieceSteps, g.Inner),
        };
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    public struct Place
    {
        public int Batch;
        public int Piece;
        public int Row;
        public int RowEnd;
        public int Column;
        public int ColumnEnd;
        public int Step;
        public int StepEnd;
    }
}
