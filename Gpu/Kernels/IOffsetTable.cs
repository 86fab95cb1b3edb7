using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>Offsets known before, for elements counted from 0.</summary>
public interface IOffsetTable
{
    static abstract int At(ArrayView<int> a, int begin, int i);
}

/// <summary>Each offset stands in a table.</summary>
public readonly struct OffsetTable : IOffsetTable
{
    public static int At(ArrayView<int> a, int begin, int i) => a[begin + i];
}

/// <summary>Offsets are multiples of a stride.</summary>
public readonly struct OffsetStride : IOffsetTable
{
    public static int At(ArrayView<int> a, int begin, int i) => a[begin] * i;
}
