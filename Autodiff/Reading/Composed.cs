using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Reading;

/// <summary>
/// Definitions as a person meets them: one with a pullback of its own, or a short one, is a step; of a long one that the chain rule goes through, the
/// steps are its body's. One whose body holds a value fast for the sake of exact arithmetic is a step too.
/// </summary>
internal static class Composed
{
    /// <summary>A body of more operations is opened.</summary>
    private const int Few = 2;

    /// <summary>What only makes it faster, not shorter, is left out.</summary>
    public static readonly CompileOptions Readable = CompileOptions.Default with { Specialize = false };

    /// <summary>For a pullback that is written out: numbers stay as a person writes them, 1 / 3.</summary>
    public static readonly CompileOptions Written = Readable with { Without = ["fold-numbers", "over-power-of-two"] };

    /// <summary>Graphs whose composed definitions are opened, and in which what is reshaped twice is reshaped once.</summary>
    public static ImmutableArray<Expr> Opened(ImmutableArray<Expr> roots) =>
        Traversal.Rebuild(Opening.Of(roots, call => IsComposed(call.Definition), _ => false), (node, args) => node.Op is Op.Reshape && args[0] is { Op: Op.Reshape, Origin.Name: null, Args: [var inner] } ? Reshaped(inner, node) : node.With(args));

    private static Expr Reshaped(Expr inner, Expr node) => inner.Shape == node.Shape && node.Origin.Name is null ? inner : Expr.Of(node.Op, [inner], node.Origin);

    /// <summary>Whether a call can be printed: the language knows the definition by its name.</summary>
    public static bool IsNamed(Expr e) => e.Op is not Op.Call { Definition.Options: null };

    private static bool IsComposed(Definition definition) => definition.Adjoints.IsDefault && (definition.Options is null || (Operations(definition.Body) > Few && !HoldsFast(definition.Body)));

    private static bool HoldsFast(Expr body) => Traversal.Topological([body]).Any(e => e.Op is Op.StopGradient);

    private static int Operations(Expr body) => Traversal.Topological([body]).Count(e => !e.Args.IsEmpty && e.Op is not (Op.BroadcastTo or Op.Reshape or Op.Permute));
}
