using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Reading;

/// <summary>Names for values: the user's are kept, others say what kind of value it is.</summary>
internal static class NodeNames
{
    /// <summary>A name for each value but numbers, in the order of the graph.</summary>
    public static Dictionary<Expr, string> Of(IEnumerable<Expr> order, Expr cost)
    {
        HashSet<string> taken = new(Vocabulary.Standard.Names, StringComparer.Ordinal);
        var names = new Dictionary<Expr, string>();
        foreach (var node in order)
        {
            if (IsNumber(node)) continue;
            var wanted = node.Op is Op.Variable v ? v.Label : node.Origin.Name ?? (node == cost ? "cost" : node.Op is Op.BroadcastTo && names.TryGetValue(node.Args[0], out var narrow) ? $"{narrow}_wide" : null);
            names[node] = wanted is null ? Numbered(Kind(node), taken) : Fresh(wanted, taken);
        }
        return names;
    }

    /// <summary>The names of the cotangents of a tape's nodes.</summary>
    public static Dictionary<Expr, string> OfCotangents(Tape tape, IReadOnlyDictionary<Expr, string> names)
    {
        HashSet<string> taken = new(Vocabulary.Standard.Names.Concat(names.Values), StringComparer.Ordinal);
        var reached = tape.Steps.Select(s => s.Node).Concat(tape.Steps.SelectMany(s => s.Node.Args.Zip(s.Contributions).Where(c => c.Second is not null).Select(c => c.First))).Concat(tape.Wrt);
        return reached.Where(names.ContainsKey).Distinct().ToDictionary(n => n, n => Fresh($"d{names[n]}", taken));
    }

    /// <summary>A number, or one repeated: it is written as such.</summary>
    private static bool IsNumber(Expr e) => e.Op is Op.Literal || e is { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal }] };

    private static string Kind(Expr node) => node.Op switch
    {
        Op.MatMul or Op.Convolution => "p",
        Op.Sum or Op.Maximum or Op.Product => "s",
        Op.Map { Function: var f } when f.Type == typeof(Add) || f.Type == typeof(Subtract) => "a",
        Op.Map => "h",
        Op.Call => "c",
        _ => "m",
    };

    private static string Numbered(string kind, HashSet<string> taken)
    {
        for (var i = 1; ; i++)
            if (taken.Add($"{kind}{i}")) return $"{kind}{i}";
    }

    private static string Fresh(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var i = 1; !taken.Add(name); i++) name = $"{wanted}_{i}";
        return name;
    }
}
