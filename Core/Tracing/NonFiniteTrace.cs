using System.Collections.Immutable;

namespace AutoDiffAE.Tracing;

/// <summary>Where numbers that are not finite come from.</summary>
/// <param name="First">The first node, in the order of computation, that made one; of those from which one came to a result, where there are such. Null where only the plan has any.</param>
/// <param name="Graph">The form of the graph in which it was found.</param>
/// <param name="Reaches">Whether a result has one because of it; if not, an operation further on took none of it.</param>
/// <param name="Given">Variables that came in with such numbers.</param>
/// <param name="Results">The outputs, then the next values of updates.</param>
/// <param name="Laws">The laws by which the compiler rewrote the graph, in the order of their first use.</param>
public sealed record NonFiniteTrace(NonFinite? First, TracedGraph Graph, bool Reaches, ImmutableArray<NonFinite> Given, ImmutableArray<TracedResult> Results, ImmutableArray<string> Laws)
{
    /// <summary>Whether the results are finite where each node is computed by itself, as written.</summary>
    public bool IsFiniteAsWritten => Results.All(r => r.AsWritten.IsFinite);

    /// <summary>Whether the results of the compiled function are finite.</summary>
    public bool IsFiniteCompiled => Results.All(r => r.Compiled.IsFinite);
}
