using System.Collections.Immutable;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Rewriting;

/// <summary>The two sides of a firing as a formula of a law: whatever both have is a letter, or its name.</summary>
internal static class Excerpt
{
    private const int Deepest = 8;

    public static (string Before, string After) Of(Expr before, Expr after)
    {
        var left = Within(before);
        var letters = new Dictionary<Expr, Expr>();
        foreach (var node in Traversal.Topological([after], e => left.Contains(e) && e != before ? [] : e.Args))
            if (left.Contains(node) && node != before && node.Number is null) letters[node] = Letter(node, letters.Count);
        return (Cut(before, letters), Cut(after, letters));
    }

    private static Expr Letter(Expr node, int index) => node.Op is Op.Variable
        ? node
        : Expr.Variable(node.Origin.Name ?? (index < 26 ? $"{(char)('a' + index)}" : $"a{index}"), node.Shape);

    private static string Cut(Expr root, Dictionary<Expr, Expr> letters)
    {
        var shown = Within(root, letters.ContainsKey);
        return Origin.OfText(() => Traversal.Topological([root], e => Inner(e, shown, letters)) is var order ? Printed(order, shown, letters) : "");
    }

    private static ImmutableArray<Expr> Inner(Expr e, HashSet<Expr> shown, Dictionary<Expr, Expr> letters) =>
        letters.ContainsKey(e) || !shown.Contains(e) ? [] : e.Args;

    /// <summary>What lies deeper than is shown is a letter too.</summary>
    private static string Printed(ImmutableArray<Expr> order, HashSet<Expr> shown, Dictionary<Expr, Expr> letters)
    {
        var drawn = new Dictionary<Expr, Expr>();
        foreach (var node in order)
            drawn[node] = letters.TryGetValue(node, out var letter) ? letter
                : shown.Contains(node) || node.Args.IsEmpty ? Expr.Of(node.Op, [.. node.Args.Select(a => drawn[a])], Origin.Unknown)
                : letters[node] = Letter(node, letters.Count);
        // A variable is kept by identity, never made anew.
        return Printer.Print(drawn[order[^1]]);
    }

    private static HashSet<Expr> Within(Expr root, Func<Expr, bool>? ends = null)
    {
        var found = new HashSet<Expr>() { root };
        List<Expr> layer = [root];
        for (var depth = 0; depth < Deepest; depth++)
            layer = [.. layer.Where(e => ends?.Invoke(e) != true).SelectMany(e => e.Args).Where(found.Add)];
        return found;
    }
}
