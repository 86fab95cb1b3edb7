using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tracing;

/// <summary>
/// Computes a graph node by node, as it is written: each node is a plan of its own on the backend, from the values of those before it. What only
/// moves numbers is no value of its own but part of the plans that read it, so that nothing is stored for a broadcast or for windows.
/// </summary>
/// <param name="backend">What runs the plans.</param>
/// <param name="sizes">Numbers for the named sizes.</param>
internal sealed class NodeByNode<T>(IBackend backend, IReadOnlyDictionary<string, long> sizes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public IBackend Backend => backend;

    public IReadOnlyDictionary<string, long> Sizes => sizes;

    /// <summary>Whether a node has numbers of its own: others are those of its arguments, or known without a run.</summary>
    public static bool Computes(Expr node) => node.Op is not (Op.BroadcastTo or Op.Reshape or Op.Permute or Op.Slice or Op.Windows or Op.StopGradient or Op.After
        or Op.Literal or Op.Constant or Op.SizeOf or Op.Iota);

    /// <summary>The nodes of which a node is computed: where its arguments' numbers come from, or the constants that they are.</summary>
    public static ImmutableArray<Expr> From(IEnumerable<Expr> args, Func<Expr, bool> held) =>
        [.. Traversal.Topological(args, e => held(e) ? [] : e.Args).Where(e => held(e) || e.Op is Op.Literal or Op.Constant)];

    /// <summary>The value of one node.</summary>
    /// <param name="values">Of all nodes that it is computed from.</param>
    public Buffer<T> Value(Expr node, IReadOnlyDictionary<Expr, Buffer<T>> values)
    {
        bool Held(Expr e) => e != node && values.ContainsKey(e);
        var order = Traversal.Topological([node], e => Held(e) ? [] : e.Args);
        ImmutableArray<Expr> read = [.. order.Where(Held)];
        // The numbers of a held node are an input of the plan.
        ImmutableArray<Expr> inputs = Origin.OfText(() => read.Select(e => Expr.Variable(Printer.Short(e), e.Shape)).ToImmutableArray());
        var made = read.Zip(inputs).ToDictionary(p => p.First, p => p.Second);
        foreach (var e in order.Where(e => !made.ContainsKey(e)).ToList()) made[e] = e.With([.. e.Args.Select(a => made[a])]);
        var plan = Planner.Plan(inputs, [], Origin.OfText(() => Inline.Apply([made[node]])), CompileOptions.None);
        var result = new Buffer<T>(node.Shape.Evaluate(sizes));
        backend.Lower<T>(plan).Bind(sizes).Run([.. read.Select(e => values[e]), result]);
        return result;
    }
}
