using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>C = A B. The order of every sum depends on the sizes alone, so the bits are the same for any number of threads.</summary>
internal static unsafe class MatMul
{
    /// <summary>With fewer rows, laying B along them costs more than summing across lanes.</summary>
    private const int FewRows = 24;

    /// <param name="g">Sizes and strides.</param>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C; nothing is stored there if there is an epilogue.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="width">The width of vectors.</param>
    /// <param name="epilogue">What is done with C's blocks, for a product that <see cref="TakesEpilogue"/>.</param>
    public static void Run<T>(in MatMulGeometry g, T* a, T* b, T* c, Workers workers, LaneWidth width = LaneWidth.Widest, ProductEpilogue<T>* epilogue = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (width.Resolve())
        {
            case LaneWidth.Bits512: Run<Lanes512<T>, T>(g, a, b, c, workers, epilogue); break;
            case LaneWidth.Bits256: Run<Lanes256<T>, T>(g, a, b, c, workers, epilogue); break;
            default: Run<Lanes128<T>, T>(g, a, b, c, workers, epilogue); break;
        }
    }

    /// <summary>Whether the blocks are wide enough for a body to run over them as they are finished.</summary>
    public static bool TakesEpilogue<V, T>(in MatMulGeometry g)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        g.Columns >= 2 * V.Count && g.Inner > 0 && !UseDots<V, T>(g);

    private static void Run<V, T>(in MatMulGeometry g, T* a, T* b, T* c, Workers workers, ProductEpilogue<T>* epilogue)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint size = (nint)g.Batch * g.Rows * g.Columns;
        if (size == 0) return;
        if (g.Inner == 0)
        {
            Memory.Clear(c, size);
            return;
        }

        lock (workers.Exclusive)
        {
            if (g.Columns == 1 && g.Rows > 1 && g.ARow == 1) MatMulTiles<V, T>.Run(g.Transpose(), b, a, c, workers);
            else if (UseDots<V, T>(g)) MatMulDots<V, T>.Run(g, a, b, c, workers);
            else MatMulTiles<V, T>.Run(g, a, b, c, workers, epilogue);
        }
    }

    /// <summary>
    /// Inner products along the inner axis need no packing where both operands lie along it, but pay for summing across lanes, so
    /// they serve long inner axes and the few rows or columns on which a tile would be mostly empty.
    /// </summary>
    private static bool UseDots<V, T>(in MatMulGeometry g)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.AColumn != 1 || Math.Max(g.ARow, Math.Max(g.BColumn, g.Inner)) > int.MaxValue / Dots<V, T>.MostColumns) return false;
        if (g.BRow == 1 && g.Inner >= 512 && (g.Rows < FewRows || g.Columns < V.Count)) return true;
        if (g.Inner < 2 * V.Count) return false;
        return g.Columns < V.Count || g.BRow == 1 && g.Rows < 8;
    }
}
