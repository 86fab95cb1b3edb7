using AutoDiffAE.Graph;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Reading;

/// <summary>Names for values: the user's are kept, others say what kind of value it is.</summary>
internal static class NodeNames
{
    /// <summary>A name for each value but numbers, in the order of the graph. Each is one word.</summary>
    /// <param name="order">The values.</param>
    /// <param name="cost">The one that is called cost, unless it has a name.</param>
    /// <param name="given">Names that go before the values' own.</param>
    public static Dictionary<Expr, string> Of(IEnumerable<Expr> order, Expr cost, IReadOnlyDictionary<Expr, string>? given = null)
    {
        string? Own(Expr node) => given?.GetValueOrDefault(node) ?? (node.Op is Op.Variable v ? v.Label : node.Origin.Name);
        var nodes = order.Where(n => !IsNumber(n)).ToList();
        HashSet<string> taken = new(StringComparer.Ordinal);
        var own = nodes.Where(n => Own(n) is not null).ToDictionary(n => n, n => Fresh(Word(Own(n)!), taken));
        var names = new Dictionary<Expr, string>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes)
            names[node] = own.TryGetValue(node, out var name) ? name
                : node == cost ? Fresh("cost", taken)
                : node.Op is Op.BroadcastTo && names.TryGetValue(node.Args[0], out var narrow) ? Fresh($"{narrow}_wide", taken)
                : Numbered(Kind(node), counts, taken);
        return names;
    }

    /// <summary>The names of the cotangents of a tape's nodes.</summary>
    public static Dictionary<Expr, string> OfCotangents(Tape tape, IReadOnlyDictionary<Expr, string> names)
    {
        HashSet<string> taken = new(names.Values, StringComparer.Ordinal);
        var reached = tape.Steps.Select(s => s.Node).Concat(tape.Steps.SelectMany(s => s.Node.Args.Zip(s.Contributions).Where(c => c.Second is not null).Select(c => c.First))).Concat(tape.Wrt);
        return reached.Where(names.ContainsKey).Distinct().ToDictionary(n => n, n => Fresh($"d{names[n]}", taken));
    }

    /// <summary>A name like the one wanted that is not taken yet; from then on it is.</summary>
    public static string Fresh(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var i = 1; !taken.Add(name); i++) name = $"{wanted}_{i}";
        return name;
    }

    /// <summary>One word of letters, digits and underscores: conv_W for conv/W.</summary>
    private static string Word(string name)
    {
        var word = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        return word.Length > 0 && (char.IsLetter(word[0]) || word[0] == '_') && !Reserved.Contains(word) ? word : $"_{word}";
    }

    /// <summary>Words of the language that name nothing.</summary>
    private static readonly HashSet<string> Reserved = ["let", "inf", "nan", "true", "false", "none"];

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

    private static string Numbered(string kind, Dictionary<string, int> counts, HashSet<string> taken)
    {
        while (true)
        {
            var count = counts[kind] = counts.GetValueOrDefault(kind) + 1;
            if (taken.Add($"{kind}{count}")) return $"{kind}{count}";
        }
    }
}
