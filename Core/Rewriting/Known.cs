using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>The nodes that there are, so that the same operation of the same arguments is never there twice.</summary>
/// <param name="merges">Whether it is so; else every node is one of its own.</param>
/// <param name="expected">About how many nodes there will be.</param>
internal sealed class Known(bool merges = true, int expected = 0)
{
    private readonly Dictionary<Key, Expr> _byKey = new(merges ? expected : 0);
    private readonly HashSet<Expr> _own = new(expected);

    /// <summary>Whether the node was there before.</summary>
    public bool Has(Expr node) => _own.Contains(node);

    /// <summary>The node itself, or the one that is the same and was there before. Two variables of one name are still two.</summary>
    public Expr Of(Expr node)
    {
        if (_own.Contains(node)) return node;
        if (merges && node.Op is not Op.Variable)
        {
            var key = new Key(node.Op, node.Args);
            if (_byKey.TryGetValue(key, out var same)) return same;
            _byKey.Add(key, node);
        }
        _own.Add(node);
        return node;
    }

    private readonly struct Key(Op op, ImmutableArray<Expr> args) : IEquatable<Key>
    {
        private readonly Op _op = op;
        private readonly ImmutableArray<Expr> _args = args;
        private readonly int _hash = Hash(op, args);

        public bool Equals(Key other)
        {
            if (_hash != other._hash || _args.Length != other._args.Length) return false;
            for (var i = 0; i < _args.Length; i++)
                if (_args[i] != other._args[i]) return false;
            return _op.Equals(other._op);
        }

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => _hash;

        private static int Hash(Op op, ImmutableArray<Expr> args)
        {
            var hash = op.GetHashCode();
            foreach (var arg in args) hash = HashCode.Combine(hash, arg.GetHashCode());
            return hash;
        }
    }
}
