using AutoDiffAE.Graph;

namespace AutoDiffAE.Layers;

/// <summary>An expression whose definitions are replaced by their bodies, so that it mentions only what its value depends on.</summary>
internal static class Inlined
{
    public static Expr Of(Expr e) => Traversal.Rebuild([e], (node, args) => node.Op is Op.Call call ? Of(call.Definition.Expand(args)) : node.With(args))[0];
}
