namespace AutoDiffAE.Reading;

/// <summary>A whole power: of a number, or of each element.</summary>
internal sealed record MatrixPower(MatrixTerm Base, int Exponent)
{
    public override string ToString() => $"{Base}^{Exponent}";
}
