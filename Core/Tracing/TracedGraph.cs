namespace AutoDiffAE.Tracing;

/// <summary>Which form of the graph a number was found in.</summary>
public enum TracedGraph
{
    /// <summary>As it was written.</summary>
    AsWritten,

    /// <summary>As the compiler rewrote it: as written it is finite.</summary>
    Rewritten,

    /// <summary>In neither, each node by itself: only in the plan, whose steps run many nodes together.</summary>
    Planned,
}
