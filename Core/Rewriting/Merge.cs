using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>The same operation of the same arguments is computed once: common subexpressions become one node.</summary>
internal static class Merge
{
    public static ImmutableArray<Expr> Apply(ImmutableArray<Expr> roots)
    {
        var known = new Dictionary<Key, Expr>();
        return Traversal.Rebuild(roots, (node, args) =>
        {
            if (node.Op is Op.Variable) return node;
            var key = new Key(node.Op, args);
            return known.TryGetValue(key, out var same) ? same : known[key] = node.With(args);
        });
    }

    private readonly record struct Key(Op Op, ImmutableArray<Expr> Args)
    {
        public bool Equals(Key other) => Op.Equals(other.Op) && Args.SequenceEqual(other.Args);

        public override int GetHashCode() => Args.Aggregate(Op.GetHashCode(), (hash, arg) => HashCode.Combine(hash, arg.GetHashCode()));
    }
}
