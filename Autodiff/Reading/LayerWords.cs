using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Reading;

/// <summary>What a layer does, in a few words: <c>conv2d 16@9x9, tanh</c>.</summary>
internal static class LayerWords
{
    private const int Most = 4;

    public static string Of(Expr output)
    {
        List<string> words = [.. Traversal.Topological([output]).Select(Word).OfType<string>()];
        if (words.Count > 1) words.RemoveAll(w => w is "reshape");
        words = [.. words.Where((w, i) => i == 0 || words[i - 1] != w)];
        return words.Count > Most ? $"{string.Join(", ", words.Take(Most - 1))}, … {words[^1]}" : string.Join(", ", words);
    }

    private static string? Word(Expr e) => e.Op switch
    {
        Op.Convolution { Open: Leg.Output } c => $"conv{c.Form.SpatialRank}d {e.Args[1].Shape[0]}@{string.Join("x", e.Args[1].Shape.Skip(2))}",
        Op.Convolution { Open: Leg.Input } c => $"conv_transpose{c.Form.SpatialRank}d {e.Args[1].Shape[1]}@{string.Join("x", e.Args[1].Shape.Skip(2))}",
        Op.MatMul when e.Args[1].Op is Op.Variable => $"dense {e.Shape[e.Rank - 1]}",
        Op.MatMul => "matmul",
        Op.Maximum m when e.Args[0] is { Op: Op.Reshape, Shape: var tiles } && tiles.Rank > e.Shape.Rank + 1 => $"max pool {string.Join("x", m.Axes.Select(a => tiles[a]))}",
        Op.Maximum => "max",
        Op.Reshape or Op.Permute => e.Op.Name,
        Op.Map { Function: var f } when Plain.Contains(f.Type) => null,
        Op.Literal or Op.BroadcastTo or Op.Variable or Op.SizeOf or Op.Constant or Op.StopGradient => null,
        Op.Call c => c.Definition.Name,
        _ => e.Op.Name,
    };

    /// <summary>Arithmetic goes without saying.</summary>
    private static readonly ImmutableHashSet<Type> Plain = [typeof(Add), typeof(Subtract), typeof(Multiply), typeof(Divide), typeof(Negate), typeof(Chain)];
}
