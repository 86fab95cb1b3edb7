using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>
/// Definitions as a person meets them: one with a pullback of its own, or a short one, is a step; of a long one that the chain rule goes through, the
/// steps are its body's.
/// </summary>
internal static class Composed
{
    /// <summary>A body of more operations is opened.</summary>
    private const int Few = 3;

    /// <summary>What only makes it faster, not shorter, is left out.</summary>
    public static readonly CompileOptions Readable = CompileOptions.Default with { Specialize = false };

    /// <summary>Graphs whose composed definitions are opened.</summary>
    public static ImmutableArray<Expr> Opened(ImmutableArray<Expr> roots) => Opening.Of(roots, call => IsComposed(call.Definition), _ => false);

    /// <summary>Whether a call can be printed: the language knows the definition by its name.</summary>
    public static bool IsNamed(Expr e) => e.Op is not Op.Call { Definition.Options: null };

    private static bool IsComposed(Definition definition) => definition.Adjoints.IsDefault && (definition.Options is null || Operations(definition.Body) > Few);

    private static int Operations(Expr body) => Traversal.Topological([body]).Count(e => !e.Args.IsEmpty && e.Op is not (Op.BroadcastTo or Op.Reshape or Op.Permute));
}
