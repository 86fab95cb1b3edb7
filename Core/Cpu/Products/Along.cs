namespace AutoDiffAE.Cpu;

/// <summary>Along what an operand of a product's epilogue has numbers: what it does not depend on, it is broadcast along.</summary>
internal enum Along : byte
{
    Elements,
    Columns,
    Rows,
    Nothing,
}
