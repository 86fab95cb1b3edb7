using System.Collections.Immutable;
using AutoDiffAE.Graph.Language;

namespace AutoDiffAE.Graph;

/// <summary>
/// Expressions in a line each for a person to read, over values that have names; a part that is written twice or too long gets a name of its own.
/// </summary>
/// <param name="Where">The parts that were named, each before it is used.</param>
/// <param name="Texts">The expressions.</param>
public sealed record SharedFormulas(ImmutableArray<NamedFormula> Where, ImmutableArray<string> Texts)
{
    /// <summary>A part as short as this may be written twice, one as long as that is written apart.</summary>
    private const int Short = 18, Long = 110;

    /// <param name="roots">What is to be written; a root that has a name is written by it, and a number for as many as are wanted.</param>
    /// <param name="name">The names of values; null where one has none.</param>
    /// <param name="fresh">Names for parts, one after the other.</param>
    public static SharedFormulas Of(ImmutableArray<Expr> roots, Func<Expr, string?> name, Func<string> fresh)
    {
        var order = Traversal.Topological(roots, e => name(e) is null ? e.Args : []);
        var uses = Uses(order, roots, e => name(e) is not null);
        var texts = new Dictionary<Expr, Spelled>();
        var parts = new HashSet<Expr>();
        var where = ImmutableArray.CreateBuilder<NamedFormula>();
        foreach (var node in order)
        {
            if (name(node) is { } known)
            {
                texts[node] = new(Lexer.Spelled(known), Spelled.Atom, 0);
                continue;
            }
            var written = node.Op.Match(new Spelling(node, e => texts[e], definition => definition.Name, Written.Formula(e => name(e) is not null || parts.Contains(e))));
            if (node.Args.Length > 0 && node.Op is not Op.BroadcastTo && ((uses[node] > 1 && written.Text.Length > Short) || (uses[node] > 0 && !roots.Contains(node) && written.Text.Length > Long)))
            {
                var own = fresh();
                where.Add(new(node, own, written.Text));
                parts.Add(node);
                written = new(own, Spelled.Atom, 0);
            }
            texts[node] = written;
        }
        return new(where.ToImmutable(), [.. roots.Select(r => name(r) is null && r is { Op: Op.BroadcastTo, Args: [{ Op: Op.Literal } number] } && name(number) is null ? texts[number].Text : texts[r].Text)]);
    }

    /// <summary>How often each is written; what is broadcast is written wherever the broadcast is.</summary>
    private static Dictionary<Expr, int> Uses(ImmutableArray<Expr> order, ImmutableArray<Expr> roots, Func<Expr, bool> named)
    {
        var uses = order.ToDictionary(e => e, _ => 0);
        foreach (var root in roots) uses[root]++;
        foreach (var node in order.Reverse())
            if (!named(node))
                foreach (var arg in node.Args)
                    uses[arg] += node.Op is Op.BroadcastTo ? Math.Max(1, uses[node]) : 1;
        return uses;
    }
}

/// <summary>A value under a name of its own.</summary>
public sealed record NamedFormula(Expr Node, string Name, string Formula);
