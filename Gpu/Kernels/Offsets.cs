using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>Where elements of strided arrays lie.</summary>
internal static class Offsets
{
    /// <summary>The offset of element i of a box in row-major order: a start, the strides, and the sizes elsewhere.</summary>
    /// <param name="i">The element.</param>
    /// <param name="a">Numbers known before.</param>
    /// <param name="rank">The number of axes.</param>
    /// <param name="sizes">Where the sizes begin.</param>
    /// <param name="layout">Where the start stands, with the strides behind it.</param>
    public static int Of(int i, ArrayView<int> a, int rank, int sizes, int layout)
    {
        var offset = a[layout];
        for (var axis = rank - 1; axis > 0; axis--)
        {
            var size = a[sizes + axis];
            var rest = i / size;
            offset += (i - rest * size) * a[layout + 1 + axis];
            i = rest;
        }
        return rank == 0 ? offset : offset + i * a[layout + 1];
    }
}
