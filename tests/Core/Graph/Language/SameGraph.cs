using System.Globalization;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests.Core.Graph.Language;

/// <summary>Whether two graphs are one after merging: operations, attributes and the bits of numbers; definitions by what they expand to.</summary>
public static class SameGraph
{
    public static bool Of(Expr a, Expr b)
    {
        var constants = new Dictionary<string, Expr>();
        Expr Interned(Expr e) => e.Op is Op.Constant { Value: var v }
            ? constants.TryGetValue(Key(v), out var same) ? same : constants[Key(v)] = e
            : e;
        var merged = Merge.Apply(Traversal.Rebuild([a, b], (node, args) => Interned(Expanded(node.With(args)))));
        return ReferenceEquals(merged[0], merged[1]);
    }

    private static Expr Expanded(Expr e) => e.Op is Op.Call { Definition: var d }
        ? Traversal.Rebuild([d.Expand(e.Args)], (node, args) => args.SequenceEqual(node.Args) && node.Op is not Op.Call ? node : Expanded(node.With(args)))[0]
        : e;

    private static string Key(Tensor<double> value) =>
        $"{value.Shape}: {string.Join(", ", value.Span.ToArray().Select(v => BitConverter.DoubleToInt64Bits(v).ToString(CultureInfo.InvariantCulture)))}";
}
