using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>A fused body's machine code with its operands, to be run over finished blocks of a product.</summary>
internal unsafe struct ProductEpilogue<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public delegate*<void**, nint, void> Code;

    /// <summary>What is read besides the product, then what is written.</summary>
    public int Operands;

    public T** Begins;
    public Along* Along;
    public double* Literals;

    /// <summary>Columns of the whole product.</summary>
    public nint Width;

    /// <param name="block">The block's numbers.</param>
    /// <param name="blockRow">From one row of it to the next.</param>
    /// <param name="row">Its first row, counted through all the batch.</param>
    /// <param name="rows">Rows of it.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="columns">Columns of it, at least a vector.</param>
    public readonly void Run(T* block, nint blockRow, nint row, int rows, nint column, int columns)
    {
        var pointers = stackalloc void*[Operands + 2];
        pointers[Operands + 1] = Literals;
        for (int i = 0; i < rows; i++, row++, block += blockRow)
        {
            pointers[0] = block;
            for (int o = 0; o < Operands; o++)
            {
                pointers[o + 1] = Begins[o] + Along[o] switch
                {
                    Cpu.Along.Elements => row * Width + column,
                    Cpu.Along.Columns => column,
                    Cpu.Along.Rows => row,
                    _ => 0,
                };
            }

            Code(pointers, columns);
        }
    }
}
