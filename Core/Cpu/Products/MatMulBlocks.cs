namespace AutoDiffAE.Cpu;

/// <summary>How a product is cut into chunks: by batch, pieces of the inner axis, blocks of rows and blocks of columns.</summary>
internal readonly struct MatMulBlocks
{
    private const int MostPieces = 16;
    private const int FewestChunks = 12;
    private const double SmallestWork = 1 << 20;

    /// <summary>A result so small is summed in pieces of the inner axis: each then reads its part of both operands once.</summary>
    private const int SmallResult = 1 << 14;

    /// <summary>Pieces begin where vectors along the inner axis do.</summary>
    private const int PieceMultiple = 64;

    public readonly int Rows;
    public readonly int Columns;
    public readonly int RowBlocks;
    public readonly int ColumnBlocks;
    public readonly int Pieces;
    public readonly int PieceSteps;

    /// <summary>Only the sizes decide, never the number of threads.</summary>
    /// <param name="g">The product.</param>
    /// <param name="tileRows">Blocks are multiples of tiles.</param>
    /// <param name="tileColumns">Blocks are multiples of tiles.</param>
    /// <param name="least">No block has fewer columns, unless the product has.</param>
    /// <param name="pieceLength">Of the inner axis, for a small result.</param>
    /// <param name="depth">Steps that are taken at once; where there are more, a block of the result is read again and has to be small.</param>
    public MatMulBlocks(in MatMulGeometry g, int tileRows, int tileColumns, int least, int pieceLength, int depth, int mostRows, int mostColumns)
    {
        long result = (long)g.Rows * g.Columns * g.Batch;
        Pieces = result <= SmallResult ? Math.Clamp(g.Inner / pieceLength, 1, MostPieces) : result <= 4 * SmallResult ? Math.Clamp(g.Inner / 4096, 1, MostPieces) : 1;
        PieceSteps = Pieces == 1 ? g.Inner : RoundUp((g.Inner + Pieces - 1) / Pieces, PieceMultiple);
        Pieces = Math.Max(1, (g.Inner + PieceSteps - 1) / Math.Max(1, PieceSteps));
        int rowTiles = (Math.Min(g.Rows, mostRows) + tileRows - 1) / tileRows, columnTiles = (Math.Min(g.Columns, mostColumns) + tileColumns - 1) / tileColumns;
        while (true)
        {
            RowBlocks = (g.Rows + rowTiles * tileRows - 1) / (rowTiles * tileRows);
            ColumnBlocks = (g.Columns + columnTiles * tileColumns - 1) / (columnTiles * tileColumns);
            bool many = (long)RowBlocks * ColumnBlocks * Pieces * g.Batch >= FewestChunks;
            bool small = 2.0 * rowTiles * tileRows * columnTiles * tileColumns * PieceSteps <= SmallestWork;
            bool near = PieceSteps <= depth || (long)rowTiles * tileRows * columnTiles * tileColumns <= 4 * SmallResult;
            if (near && (many || small) || rowTiles * columnTiles == 1) break;
            if (columnTiles > 1 && (columnTiles * tileColumns >= rowTiles * tileRows || rowTiles == 1)) columnTiles = (columnTiles + 1) / 2;
            else rowTiles = (rowTiles + 1) / 2;
        }

        // Blocks of nearly one size, none of them thinner than a vector.
        Rows = RoundUp((g.Rows + RowBlocks - 1) / RowBlocks, tileRows);
        RowBlocks = (g.Rows + Rows - 1) / Rows;
        Columns = RoundUp((g.Columns + ColumnBlocks - 1) / ColumnBlocks, tileColumns);
        ColumnBlocks = Math.Max(1, (g.Columns + Columns - least) / Columns);
    }

    /// <summary>Columns of the widest block.</summary>
    public int MostColumns(in MatMulGeometry g) => Math.Max(Math.Min(Columns, g.Columns), g.Columns - (ColumnBlocks - 1) * Columns);

    public int Count(int batch) => checked(RowBlocks * ColumnBlocks * Pieces * batch);

    /// <summary>The chunk's place; the last block of columns takes what is left.</summary>
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
