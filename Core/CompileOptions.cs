using System.Collections.Immutable;
using AutoDiffAE.Rewriting;

namespace AutoDiffAE;

/// <summary>What the compiler may do to a graph and to its plan. Whatever is switched off, the values are those of the graph.</summary>
public sealed record CompileOptions
{
    /// <summary>Everything is switched on.</summary>
    public static readonly CompileOptions Default = new();

    /// <summary>Everything is switched off: the graph is computed as it was written.</summary>
    public static readonly CompileOptions None = new()
    {
        Without = [.. Rewriter.Rules.Select(r => r.Name)], Merge = false, Fuse = false, ReuseMemory = false, InPlace = false, Specialize = false,
    };

    /// <summary>Names of rewrites that are switched off: see <see cref="Rewriter.Rules"/>.</summary>
    public ImmutableHashSet<string> Without { get; init; } = [];

    /// <summary>Whether equal subexpressions are computed once.</summary>
    public bool Merge { get; init; } = true;

    /// <summary>Whether elementwise operations that follow each other run in one pass.</summary>
    public bool Fuse { get; init; } = true;

    /// <summary>Whether intermediate values that are never needed at once share memory; if not, each has its own, and nothing is written in place.</summary>
    public bool ReuseMemory { get; init; } = true;

    /// <summary>Whether an elementwise step may write over what it reads for the last time.</summary>
    public bool InPlace { get; init; } = true;

    /// <summary>
    /// Whether a device looks at indices before they are used, for which its host waits. Where it does not, an index that names no position takes the
    /// first, and <c>add_at</c> adds there; a processor looks in any case.
    /// </summary>
    public bool CheckIndices { get; init; } = true;

    /// <summary>Whether forms are replaced by others that special routines run faster: the rewrites of the last phase.</summary>
    public bool Specialize { get; init; } = true;
}
