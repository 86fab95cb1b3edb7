using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>
/// The measure that every rewrite lowers: the order of Knuth and Bendix with coefficients for arguments. An expression weighs the weight of its
/// operation and Σ c · the weight of each argument, every weight and every c being at least 1. So what is lighter makes all lighter that contain
/// it; of equal weights the operation that ranks lower is less. It is an order of expressions as trees: it does not depend on what is shared, so
/// that merging leaves it as it is, and no walk over the graph is needed to see that it falls.
/// </summary>
internal static class Measure
{
    /// <summary>The left side of a law is no larger than this; what hangs from it may be.</summary>
    private const int Largest = 400;

    /// <summary>Whether the right side is less than the left. What was known before is as heavy on both sides.</summary>
    public static bool Falls(Expr before, Expr after, Known known)
    {
        var shared = new List<(Expr Node, long Right, long Left)>();
        if (Weigh(after, known, shared) is not { } right) return false;
        var pending = new Queue<(Expr Node, long Times)>();
        pending.Enqueue((before, 1));
        long left = 1;
        for (var steps = 0; steps < Largest && (pending.Count > 0 || Opened(pending, shared, ref left)); steps++)
        {
            var item = pending.Dequeue();
            // What was not looked into yet counts for 1, the least that anything weighs.
            left += item.Times * (Weights.Of(item.Node.Op) - 1);
            for (var i = 0; i < item.Node.Args.Length; i++)
            {
                var (arg, times) = (item.Node.Args[i], item.Times * Weights.Coefficient(item.Node.Op, i));
                var at = shared.FindIndex(s => s.Node == arg);
                if (at >= 0) shared[at] = (arg, shared[at].Right, shared[at].Left + times);
                else
                {
                    left += times;
                    pending.Enqueue((arg, times));
                }
            }
            if (Compare(left, right, shared) > 0) return true;
        }
        return pending.Count == 0 && Compare(left, right, shared) == 0 && Weights.Rank(before.Op) > Weights.Rank(after.Op);
    }

    /// <summary>Where something stands more often on the right, it may be within what stands more often on the left: that is looked into.</summary>
    private static bool Opened(Queue<(Expr Node, long Times)> pending, List<(Expr Node, long Right, long Left)> shared, ref long left)
    {
        if (shared.TrueForAll(s => s.Left >= s.Right)) return false;
        for (var i = 0; i < shared.Count; i++)
        {
            var (node, onRight, onLeft) = shared[i];
            if (onLeft <= onRight) continue;
            shared[i] = (node, onRight, onRight);
            left += onLeft - onRight;
            pending.Enqueue((node, onLeft - onRight));
        }
        return pending.Count > 0;
    }

    /// <summary>The weight of what is new; what was known is counted.</summary>
    private static long? Weigh(Expr after, Known known, List<(Expr Node, long Right, long Left)> shared)
    {
        long weight = 0;
        var pending = new Queue<(Expr Node, long Times)>();
        pending.Enqueue((after, 1));
        for (var steps = 0; pending.TryDequeue(out var item); steps++)
        {
            if (steps == Largest) return null;
            // A definition is looked into, since two rewrites may make the same one.
            if (known.Has(item.Node) && item.Node.Op is not Op.Call)
            {
                var at = shared.FindIndex(s => s.Node == item.Node);
                if (at < 0) shared.Add((item.Node, item.Times, 0));
                else shared[at] = (item.Node, shared[at].Right + item.Times, 0);
                continue;
            }
            weight += item.Times * Weights.Of(item.Node.Op);
            for (var i = 0; i < item.Node.Args.Length; i++)
                pending.Enqueue((item.Node.Args[i], item.Times * Weights.Coefficient(item.Node.Op, i)));
        }
        return weight;
    }

    /// <summary>The sign of the difference, where it is certain; -1 where it is not, since what stands on both sides may be of any weight.</summary>
    private static int Compare(long left, long right, List<(Expr Node, long Right, long Left)> shared)
    {
        var excess = left - right;
        foreach (var (node, onRight, onLeft) in shared)
        {
            if (onLeft < onRight) return -1;
            excess += (onLeft - onRight) * (Weights.Of(node.Op) + node.Args.Length);
        }
        return Math.Sign(excess);
    }
}
