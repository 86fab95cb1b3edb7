using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Planning;

/// <summary>How the value of a node comes to be in memory.</summary>
internal abstract record Lowered
{
    private Lowered() { }

    /// <summary>It is handed in.</summary>
    public sealed record Given : Lowered;

    /// <summary>It is known before the run.</summary>
    public sealed record Known(Tensor<double> Value) : Lowered;

    /// <summary>By a fused body, together with its neighbours.</summary>
    public sealed record Fused : Lowered;

    /// <summary>It is the first argument's memory, seen in another shape; the other arguments only have to be there before.</summary>
    public sealed record View : Lowered;

    /// <summary>By a step of its own.</summary>
    /// <param name="Routine">What the step does.</param>
    /// <param name="Reads">The nodes that it reads.</param>
    /// <param name="ReadThrough">Stored only when somebody asks: others read what it reads.</param>
    /// <param name="Writes">The nodes that it writes, where they are more than the one.</param>
    public sealed record ByStep(Routine Routine, ImmutableArray<Expr> Reads, bool ReadThrough = false, ImmutableArray<Expr> Writes = default) : Lowered;

    /// <summary>Never met: an earlier pass has replaced it.</summary>
    public sealed record Replaced(string By) : Lowered;
}
