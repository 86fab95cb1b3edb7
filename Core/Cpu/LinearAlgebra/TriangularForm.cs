namespace AutoDiffAE.Cpu;

/// <summary>A X = B or Aᵀ X = B with a triangular A of so many rows and X of so many columns.</summary>
internal readonly record struct TriangularForm(int Rows, int Columns, bool Lower, bool Transposed, bool Unit)
{
    /// <summary>Whether the first row of X is found first.</summary>
    public bool Forward => Lower != Transposed;
}
