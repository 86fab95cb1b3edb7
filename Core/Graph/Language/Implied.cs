using System.Collections.Immutable;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>Broadcasts that need not be written, since reading the operation over what is broadcast makes them again.</summary>
internal static class Implied
{
    /// <summary>The arguments as they are written: without their broadcasts, but for one where the others would not come to the shape.</summary>
    /// <param name="node">An operation whose reading broadcasts its arguments.</param>
    /// <param name="broadcast">The part of an argument's shape that is broadcast; null where the argument cannot stand for itself.</param>
    public static ImmutableArray<Expr> By(Expr node, Func<Expr, Shape?> broadcast)
    {
        ImmutableArray<Expr> bare = [.. node.Args.Select(a => Bare(a, broadcast))];
        for (var i = 0; i < bare.Length; i++)
            if (Equals(Broadcast.Common(bare.Select(b => broadcast(b)!)), broadcast(node.Args[0]))) return bare;
            else bare = bare.SetItem(i, node.Args[i]);
        return bare;
    }

    private static Expr Bare(Expr arg, Func<Expr, Shape?> broadcast) =>
        arg is { Op: Op.BroadcastTo, Args: [var inner] } && inner.Shape != arg.Shape && Reaches(inner, arg, broadcast) ? inner : arg;

    /// <summary>Whether the broadcast part is all that differs.</summary>
    private static bool Reaches(Expr inner, Expr arg, Func<Expr, Shape?> broadcast) =>
        broadcast(inner) is { } from && broadcast(arg) is { } to
        && inner.Shape.Dims[from.Rank..].SequenceEqual(arg.Shape.Dims[to.Rank..]);
}
