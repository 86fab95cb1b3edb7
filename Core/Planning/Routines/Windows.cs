using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

public abstract partial record Routine
{
    /// <summary>Windows of the last axes; axis i of the result is axis Order[i] of (lead…, windows…, taps…).</summary>
    public sealed record Windows(Sequence<TapAxis> Taps, Axes Order) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.Windows(this);
    }

    /// <summary>
    /// Adds what lies on one position. Axis i of (lead…, windows…, taps…) is axis Order[i] of what is read, where a length of 1 stands for
    /// one value repeated.
    /// </summary>
    public sealed record FoldWindows(Sequence<TapAxis> Taps, Axes Order) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.FoldWindows(this);
    }

    /// <summary>The sum of each window of the last axes.</summary>
    public sealed record PoolSum(Sequence<TapAxis> Taps) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.PoolSum(this);
    }

    /// <summary>The maximum of each window of the last axes.</summary>
    public sealed record PoolMaximum(Sequence<TapAxis> Taps) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.PoolMaximum(this);
    }

    /// <summary>Reads x and a value for each window, and adds it where the window has its first maximum.</summary>
    public sealed record FoldMaximum(Sequence<TapAxis> Taps) : Routine
    {
        private protected override R Accept<R>(IRoutineCases<R> cases) => cases.FoldMaximum(this);
    }
}

public partial interface IRoutineCases<out R>
{
    R Windows(Routine.Windows routine);
    R FoldWindows(Routine.FoldWindows routine);
    R PoolSum(Routine.PoolSum routine);
    R PoolMaximum(Routine.PoolMaximum routine);
    R FoldMaximum(Routine.FoldMaximum routine);
}

internal sealed partial class Lowering
{
    public Lowered Windows(Op.Windows op) => Step(new Routine.Windows(op.Taps, Axes.All(node.Rank)));

    /// <summary>A permutation or a broadcast of what is folded is read in place, and a maximum's cotangent is added where the maximum is.</summary>
    public Lowered FoldWindows(Op.FoldWindows op) => node.Args[0] switch
    {
        var arg when MaximumCotangent(op, arg) is var (x, dy) => new Lowered.ByStep(new Routine.FoldMaximum(op.Taps), [x, dy]),
        { Op: Op.Permute p, Args: [var x] } when KeepsLead(p.Order, op.Taps.Count) => new Lowered.ByStep(new Routine.FoldWindows(op.Taps, p.Order), [x]),
        { Op: Op.BroadcastTo, Args: [var x] } arg when x.Rank == arg.Rank => new Lowered.ByStep(new Routine.FoldWindows(op.Taps, Axes.All(x.Rank)), [x]),
        var arg => Step(new Routine.FoldWindows(op.Taps, Axes.All(arg.Rank))),
    };

    /// <summary>The windows that a reduction of this node's argument over those axes takes one by one.</summary>
    private (Sequence<TapAxis> Taps, Expr Of)? ReducedWindows(Axes axes) =>
        node.Args[0] is { Op: Op.Windows w, Args: [var x] } windows && axes.Equals(TapAxes(windows, w.Taps)) ? (w.Taps, x) : null;

    private static Axes TapAxes(Expr windows, Sequence<TapAxis> taps) => Axes.Of(Enumerable.Range(windows.Rank - taps.Count, taps.Count));

    private static bool KeepsLead(Axes order, int spatial) => order.Take(order.Count - 2 * spatial).Select((a, i) => a == i).All(same => same);

    /// <summary>x and dy where what is folded is chain(dy, max_indicator(windows(x), ties="first")).</summary>
    private (Expr X, Expr Dy)? MaximumCotangent(Op.FoldWindows op, Expr folded) => folded is
        {
            Op: Op.Map { Function: var f },
            Args: [{ Op: Op.BroadcastTo, Args: [var dy] }, { Op: Op.MaximumIndicator { Ties: TieRule.First } m, Args: [{ Op: Op.Windows w, Args: [var x] } windows] }],
        }
        && f.Type == typeof(Chain) && w.Taps.Equals(op.Taps) && x.Shape == node.Shape && m.Axes.Equals(TapAxes(windows, w.Taps))
        && dy.Shape == new Shape([.. windows.Shape.Select((d, i) => m.Axes.Contains(i) ? 1 : d)])
            ? (x, dy)
            : null;
}
