using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph;

public abstract partial record Op
{
    /// <summary>
    /// Windows over the last axes: (lead…, s₁…, sᵣ) → (lead…, o₁…, oᵣ, k₁…, kᵣ) with y[…, o, k] = x[…, o·stride + k·dilation]. A window
    /// that would reach beyond an axis is left out.
    /// </summary>
    public sealed record Windows(Sequence<TapAxis> Taps) : Op
    {
        public override string Name => "windows";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.Windows(this);
    }

    /// <summary>
    /// The adjoint of <see cref="Windows"/>: what lies on one position of the last axes is added there. With a stride several lengths have
    /// the same windows, so the lengths are an attribute.
    /// </summary>
    public sealed record FoldWindows(Sequence<TapAxis> Taps, Shape Sizes) : Op
    {
        public override string Name => "fold_windows";
        private protected override R Accept<R>(IOpCases<R> cases) => cases.FoldWindows(this);
    }
}

public partial interface IOpCases<out R>
{
    R Windows(Op.Windows op);
    R FoldWindows(Op.FoldWindows op);
}

internal sealed partial class ShapeRule
{
    public Shape Windows(Op.Windows op)
    {
        RequireArity(1);
        return Windowed(op.Taps, Arg());
    }

    public Shape FoldWindows(Op.FoldWindows op)
    {
        RequireArity(1);
        var r = op.Taps.Count;
        Require(op.Sizes.Rank == r, $"needs a length for each of the {r} axes that windows lie on, not {op.Sizes}");
        Require(Arg().Rank >= 2 * r, $"needs {r} axes of windows and {r} of taps");
        var folded = new Shape([.. Arg().Dims[..^(2 * r)], .. op.Sizes]);
        var windows = Windowed(op.Taps, folded);
        Require(windows == Arg(), $"the windows of {folded} have the shape {windows}");
        return folded;
    }

    private Shape Windowed(Sequence<TapAxis> taps, Shape x)
    {
        var lead = x.Rank - taps.Count;
        Require(taps.Count is >= 1 and <= 3, "windows lie over 1, 2 or 3 axes");
        Require(taps.All(t => t is { Taps: >= 1, Stride: >= 1, Dilation: >= 1 }), "taps, strides and dilations must be at least 1");
        Require(lead >= 0, $"windows over {taps.Count} axes need as many axes");
        for (var i = 0; i < taps.Count; i++)
            Require((x[lead + i] - taps[i].Span).AtLeast(0) == true,
                $"along axis {lead + i} a window spans {taps[i].Span} of {x[lead + i]} positions: pad more, or use smaller windows");
        return new([.. x.Dims[..lead], .. taps.Select((t, i) => t.Count(x[lead + i])), .. taps.Select(t => (Dim)t.Taps)]);
    }
}
