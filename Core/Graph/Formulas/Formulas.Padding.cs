using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public static partial class Formulas
{
    /// <summary>Values before and after along each axis: one value, or what the mode makes of the axis.</summary>
    /// <param name="value">For <see cref="PadMode.Constant"/>, any number, infinite ones too.</param>
    /// <exception cref="ShapeException">There is not a pair of widths for each axis, one is negative, or an axis is too short for the mode.</exception>
    public static Expr Pad(this Expr x, IReadOnlyList<(int Before, int After)> widths, PadMode mode, double value = 0)
    {
        if (widths.Count != x.Rank || widths.Any(w => w.Before < 0 || w.After < 0))
            throw Refusal.Of("pad", [x], "needs a pair of widths, none negative, for each axis", Origin.Here());
        for (var axis = 0; axis < x.Rank; axis++)
        {
            var (widest, most, what) = (Math.Max(widths[axis].Before, widths[axis].After), x.Shape[axis] - LeastBeyond(mode), mode.ToString().ToLowerInvariant());
            if (widest > 0 && mode != PadMode.Constant && (most - (mode == PadMode.Replicate ? 0 : widest)).AtLeast(0) != true)
                throw Refusal.Of("pad", [x], $"{what} of {widest} along axis {axis} needs at least {(mode == PadMode.Replicate ? 1 : widest + LeastBeyond(mode))} elements there", Origin.Here());
        }
        if (mode == PadMode.Constant && BitConverter.DoubleToInt64Bits(value) == 0) return x.Pad([.. widths]);
        var pairs = string.Join(", ", widths.Select(w => $"({w.Before}, {w.After})"));
        return Definition.Apply("pad", [x], p => mode == PadMode.Constant
                ? p[0].Pad([.. widths]) + Outside(p[0].Shape, widths, value)
                : Enumerable.Range(0, x.Rank).Aggregate(p[0], (y, axis) => Extended(y, axis, widths[axis], mode)),
            $"({pairs}{(widths.Count == 1 ? "," : "")}), {(mode == PadMode.Constant ? $"constant_values={Printer.Number(value)}" : $"mode=\"{mode.ToString().ToLowerInvariant()}\"")}");
    }

    /// <summary>How many elements more than the width a mode reads.</summary>
    private static int LeastBeyond(PadMode mode) => mode is PadMode.Reflect or PadMode.Replicate ? 1 : 0;

    /// <summary>The value beyond the ends, and -0 between them, since x + (-0) = x for every x; as many axes as need be.</summary>
    private static Expr Outside(Shape shape, IReadOnlyList<(int Before, int After)> widths, double value)
    {
        Expr inside = 1;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            var (before, after) = widths[axis];
            if (before + after == 0) continue;
            var at = Iota(before + shape[axis] + after).Reshape(new Shape([before + shape[axis] + after, .. Enumerable.Repeat((Dim)1, shape.Rank - axis - 1)]));
            inside *= Expr.GreaterOrEqual(at, before) * Expr.Greater(before + SizeOf(shape[axis]), at);
        }
        return Where(inside, -0.0, value);
    }

    private static Expr Extended(Expr x, int axis, (int Before, int After) width, PadMode mode)
    {
        var n = x.Shape[axis];
        var (before, after) = width;
        List<Expr> parts = [];
        void Add(Dim start, int length, int step = 1)
        {
            if (length == 0) return;
            parts.Add(mode == PadMode.Replicate
                ? x.Slice(axis, new StridedRange(start, 1)).BroadcastTo(x.Shape.With(axis, length))
                : x.Slice(axis, new StridedRange(start, length, step)));
        }
        if (mode == PadMode.Circular) Add(n - before, before);
        else Add(mode switch { PadMode.Reflect => before, PadMode.Symmetric => before - 1, _ => 0 }, before, -1);
        parts.Add(x);
        if (mode == PadMode.Circular) Add(0, after);
        else Add(mode == PadMode.Reflect ? n - 2 : n - 1, after, -1);
        return parts.Count == 1 ? x : Concatenate(parts, axis);
    }
}
