namespace AutoDiffAE.Reading;

/// <summary>Numbers that belong to a square matrix.</summary>
internal enum MatrixFunction
{
    Trace,
    Determinant,

    /// <summary>The sign of the determinant.</summary>
    DeterminantSign,

    /// <summary>ln |det A|</summary>
    LogDeterminant,
}
