using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// A window of a pool over volumes. Numbers known before: 0 to 2 the sizes of a volume (depth, row, column), 3 to 5 the windows along each axis, 6 to 8 the
/// taps, 9 to 11 the strides, 12 to 14 the dilations.
/// </summary>
internal readonly struct DeviceWindow(int start, int taps)
{
    public readonly int Taps = taps;

    public static DeviceWindow Of(int window, ArrayView<int> a)
    {
        var column = window % a[5];
        var row = window / a[5] % a[4];
        var depth = window / (a[5] * a[4]) % a[3];
        var volume = window / (a[5] * a[4] * a[3]);
        return new(((volume * a[0] + depth * a[9]) * a[1] + row * a[10]) * a[2] + column * a[11], a[6] * a[7] * a[8]);
    }

    /// <summary>Where the tap with this number lies.</summary>
    public int At(int tap, ArrayView<int> a) =>
        start + (tap / (a[8] * a[7]) * a[12] * a[1] + tap / a[8] % a[7] * a[13]) * a[2] + tap % a[8] * a[14];

    /// <summary>The first window along an axis that reaches a position, and the last.</summary>
    public static (int First, int Last) Touching(int position, int axis, ArrayView<int> a)
    {
        var span = a[12 + axis] * (a[6 + axis] - 1);
        var first = position - span <= 0 ? 0 : (position - span + a[9 + axis] - 1) / a[9 + axis];
        var last = position / a[9 + axis];
        return (first, last < a[3 + axis] ? last : a[3 + axis] - 1);
    }
}
