using System.Collections.Immutable;
using System.Diagnostics;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>The phases that a joint graph of outputs and gradients goes through before it is planned.</summary>
public static class Rewriter
{
    /// <summary>All rewrites, in the order in which they are tried.</summary>
    public static ImmutableArray<Rewrite> Rules { get; } =
        [.. FoldConstants.Rules, .. Canonicalize.Rules, .. Stabilize.Rules, .. Specialize.Rules];

    private static readonly Dictionary<Phase, RuleTable> Standard = [];

    /// <summary>Rewrites a graph, its roots together: what they share stays shared.</summary>
    /// <exception cref="ArgumentException">No rewrite has a name that is to be switched off.</exception>
    public static Rewritten Rewrite(ImmutableArray<Expr> roots, CompileOptions? options = null) =>
        // What rewriting builds has the line of what it replaces.
        Origin.OfText(() => Phases(roots, options ?? CompileOptions.Default));

    private static Rewritten Phases(ImmutableArray<Expr> roots, CompileOptions options)
    {
        if (options.Without.FirstOrDefault(name => !Rules.Any(r => r.Name == name)) is { } unknown)
            throw new ArgumentException($"no rewrite is named {unknown}");
        var graph = Traversal.Topological(roots);
        var (known, trace, passes) = (new Known(options.Merge, graph.Length), ImmutableArray.CreateBuilder<Firing>(), ImmutableArray.CreateBuilder<Pass>());

        void Run(Phase phase, Func<ImmutableArray<Expr>, ImmutableArray<Expr>, ImmutableArray<Expr>> pass)
        {
            var (start, before, fired) = (Stopwatch.GetTimestamp(), graph.Length, trace.Count);
            var after = pass(roots, graph);
            // The same roots are the same graph.
            if (!after.SequenceEqual(roots)) graph = Traversal.Topological(after, e => e.Args, graph.Length);
            roots = after;
            passes.Add(new Pass(phase, Stopwatch.GetElapsedTime(start), before, graph.Length, trace.Count - fired));
        }

        void Normalize(Phase phase) => Run(phase, (r, order) => new NormalForm(Table(phase, options), known, trace).Of(r, order));

        Run(Phase.Inline, Inline.Apply);
        Run(Phase.Merge, (r, order) => Merge.Apply(r, order, known));
        Normalize(Phase.FoldConstants);
        Normalize(Phase.Canonicalize);
        Normalize(Phase.Stabilize);
        // A stable form may be a definition, such as softmax.
        if (graph.Any(e => e.Op is Op.Call)) Run(Phase.Inline, Inline.Apply);
        Normalize(Phase.Specialize);
        return new(roots, new Trace(trace.ToImmutable()), passes.ToImmutable());
    }

    /// <summary>A phase has the rewrites of those before it too; only the last one has not those that make definitions.</summary>
    private static RuleTable Table(Phase phase, CompileOptions options)
    {
        if (!options.Without.IsEmpty || !options.Specialize) return new(Chosen(phase).Where(r => !options.Without.Contains(r.Name) && (options.Specialize || r.Phase != Phase.Specialize)));
        lock (Standard) return Standard.TryGetValue(phase, out var table) ? table : Standard[phase] = new(Chosen(phase));
    }

    private static IEnumerable<Rewrite> Chosen(Phase phase) =>
        Rules.Where(r => r.Phase <= phase && !(phase == Phase.Specialize && r.Phase == Phase.Stabilize));
}
