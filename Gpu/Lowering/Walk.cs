using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Gpu;

/// <summary>
/// How a kernel walks its operands, apart from the numbers: a letter an axis, 0 where the operand stays, 1 where it moves by one, s where by a stride; of an
/// operand that is walked as it lies, the one letter d.
/// </summary>
internal static class Walk
{
    public static Sequence<string> Of(OperandAxes axes) => axes.Strides.Select((strides, o) =>
        IsDense(axes, o) ? "d" : string.Concat(strides.Select(s => s switch { 0 => '0', 1 => '1', _ => 's' }))).ToSequence();

    /// <summary>The numbers that go with it: the sizes, then each operand's start and strides.</summary>
    public static IEnumerable<int> Numbers(OperandAxes axes) =>
        [.. axes.Sizes, .. Enumerable.Range(0, axes.Strides.Length).Where(o => !IsDense(axes, o)).SelectMany(o => axes.Strides[o].Where(s => s is not (0 or 1)).Prepend(axes.Starts[o]))];

    private static bool IsDense(OperandAxes axes, int operand)
    {
        var dense = 1;
        if (axes.Starts[operand] != 0) return false;
        for (var axis = axes.Sizes.Length - 1; axis >= 0; dense *= axes.Sizes[axis--])
            if (axes.Strides[operand][axis] != dense) return false;
        return true;
    }
}
