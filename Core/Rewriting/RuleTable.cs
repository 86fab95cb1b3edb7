using System.Collections.Immutable;

namespace AutoDiffAE.Rewriting;

/// <summary>The rewrites to try at each operation, in their order, so that no node is looked at by rewrites that begin elsewhere.</summary>
internal sealed class RuleTable
{
    private static readonly ImmutableArray<Rewrite> None = [];
    private readonly Dictionary<string, ImmutableArray<Rewrite>> _byHead;

    public RuleTable(IEnumerable<Rewrite> rules)
    {
        var lists = new Dictionary<string, ImmutableArray<Rewrite>.Builder>(StringComparer.Ordinal);
        foreach (var rule in rules)
            foreach (var head in rule.Heads)
            {
                if (!lists.TryGetValue(head, out var list)) lists.Add(head, list = ImmutableArray.CreateBuilder<Rewrite>());
                list.Add(rule);
            }
        _byHead = new(lists.Count, StringComparer.Ordinal);
        foreach (var (head, list) in lists) _byHead.Add(head, list.ToImmutable());
    }

    public ImmutableArray<Rewrite> At(string head) => _byHead.TryGetValue(head, out var rules) ? rules : None;
}
