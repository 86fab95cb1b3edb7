using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Planning;

/// <summary>
/// How a fused body reads a slot that holds more, or in another order: y[i] = x[start + i·step] along each axis, then the axes in an order. The
/// shape that is read may have neighbouring axes of this as one.
/// </summary>
public sealed record View(Sequence<StridedRange> Ranges, Axes Order)
{
    /// <summary>The lengths of the axes, in their order.</summary>
    public Shape Shape => new([.. Order.Select(axis => Ranges[axis].Length)]);

    /// <summary>Whether what lies side by side is read so, in rows: the last axis stays the last, and none are merged.</summary>
    public bool KeepsRows(Shape shape) => Moved is [] && shape == Shape;

    /// <summary>Whether blocks of two axes can be turned in a cache: the axes behind the one that was last are in the order in which they lie.</summary>
    public bool TurnsInBlocks => Moved.SequenceEqual(Moved.Order());

    /// <summary>The axes, longer than 1, that stand behind the one that lies innermost.</summary>
    private IReadOnlyList<int> Moved
    {
        get
        {
            List<int> order = [.. Order.Where(axis => !Ranges[axis].Length.Is(1))];
            return order.Count == 0 ? [] : order[(order.IndexOf(order.Max()) + 1)..];
        }
    }

    /// <summary>The node whose memory another one can be read from, and how; null where that is no view of anything.</summary>
    public static (Expr Source, View View)? Of(Expr node) => node.Op switch
    {
        Op.Slice slice when Base(node.Args[0]) is var (source, view) => (source, view.Sliced(slice.Ranges)),
        Op.Permute permute when node.Args[0].Op is not Op.Windows && Base(node.Args[0]) is var (source, view) => (source, view.Permuted(permute.Order)),
        Op.Reshape when Of(node.Args[0]) is var (source, view) && Merges(view.Shape, node.Shape) => (source, view),
        _ => null,
    };

    private static (Expr Source, View View)? Base(Expr node) => Of(node) is { } known && known.View.Shape == node.Shape ? known : (node, Whole(node.Shape));

    private static View Whole(Shape shape) => new(shape.Select(StridedRange.All).ToSequence(), Axes.All(shape.Rank));

    private View Sliced(Sequence<StridedRange> ranges) => this with
    {
        Ranges = Ranges.Select((r, axis) => Order.ToList().IndexOf(axis) is var at
            ? new StridedRange(r.Start + ranges[at].Start * r.Step, ranges[at].Length, r.Step * ranges[at].Step) : r).ToSequence(),
    };

    private View Permuted(Axes order) => this with { Order = Axes.Of(order.Select(axis => Order[axis])) };

    /// <summary>Whether each axis of a shape is one or several neighbours of another's; axes of length 1 do not count.</summary>
    private static bool Merges(Shape from, Shape to)
    {
        var rest = new Queue<Dim>(from.Where(d => !d.Is(1)));
        foreach (var length in to.Where(d => !d.Is(1)))
        {
            Dim product = 1;
            while (product != length)
            {
                if (!rest.TryDequeue(out var next)) return false;
                product *= next;
            }
        }
        return rest.Count == 0;
    }
}
