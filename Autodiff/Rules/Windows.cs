using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE;

public partial class Pullbacks
{
    /// <summary>An element collects the cotangents of all windows that read it.</summary>
    public virtual Pullback Windows(Op.Windows op) => Linear("windows", (x, dy) =>
        Expr.Of(new Op.FoldWindows(op.Taps, new Shape(x.Shape.Dims[^op.Taps.Count..])), dy));

    public virtual Pullback FoldWindows(Op.FoldWindows op) => Linear("fold_windows", (_, dy) => Expr.Of(new Op.Windows(op.Taps), dy));
}

public partial class Pushforwards
{
    public virtual Pushforward Windows(Op.Windows op) => Linear(op);

    public virtual Pushforward FoldWindows(Op.FoldWindows op) => Linear(op);
}
