namespace AutoDiffAE.Cpu;

/// <summary>How a factorisation by blocks of columns is shared out.</summary>
internal static class BlockedElimination
{
    /// <summary>Columns of a block: their rows of the factor stay in the cache while the rows below are updated.</summary>
    public const int Block = 32;

    /// <summary>Rows of one job.</summary>
    private const int RowsOfJob = 16;

    /// <summary>A matrix of fewer rows is one job.</summary>
    public const int LeastShared = 128;

    public static int Jobs(int rows) => (rows + RowsOfJob - 1) / RowsOfJob;

    public static (int First, int Last) RowsOf(int job, int from, int to) =>
        (from + job * RowsOfJob, Math.Min(to, from + (job + 1) * RowsOfJob));
}
