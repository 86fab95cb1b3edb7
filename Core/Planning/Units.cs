using System.Collections.Immutable;

namespace AutoDiffAE.Planning;

/// <summary>
/// The units of a plan, in an order in which each comes after all that it reads. Two may become one where no third waits for the one while
/// the other waits for it. Only what stands between the two is looked at and put in order again (Pearce and Kelly).
/// </summary>
internal sealed class Units
{
    /// <summary>Units farther apart are left alone, so that the time stays near-linear in the number of nodes.</summary>
    private const int Farthest = 4096;

    private readonly ImmutableArray<int[]> _users;
    private readonly Func<int, bool> _reduces;
    private readonly Unit[] _of;
    private readonly Unit?[] _at;
    private readonly Dictionary<Unit, int> _rank;

    /// <param name="units">The units; each comes in the order at the place of its last member.</param>
    /// <param name="users">The nodes that read each node.</param>
    /// <param name="reduces">Whether a node's value is there only when its whole unit has run.</param>
    public Units(IEnumerable<Unit> units, ImmutableArray<int[]> users, Func<int, bool> reduces)
    {
        (_users, _reduces) = (users, reduces);
        (_of, _at, _rank) = (new Unit[users.Length], new Unit?[users.Length], []);
        foreach (var unit in units) Put(unit, unit.Members[^1]);
    }

    public Unit this[int node] => _of[node];

    /// <summary>Makes one of two, unless one of them has to wait for the other to be complete.</summary>
    public Unit? Merge(Unit a, Unit b)
    {
        if (_rank[a] > _rank[b]) (a, b) = (b, a);
        var (first, last) = (_rank[a], _rank[b]);
        if (last - first > Farthest || a.Members.Any(m => _reduces(m) && _users[m].Any(u => _of[u] == b))) return null;
        if (After(a, b, last) is not { } after) return null;
        var between = _at[(first + 1)..last].OfType<Unit>().ToLookup(after.Contains);
        var merged = a.And(b);
        _rank.Remove(a);
        _rank.Remove(b);
        Array.Clear(_at, first, last - first + 1);
        var rank = first;
        foreach (var unit in (Unit[])[.. between[false], merged, .. between[true]]) Put(unit, rank++);
        return merged;
    }

    /// <summary>What waits for <paramref name="a"/> and comes before <paramref name="b"/>; null where b waits for any of it.</summary>
    private HashSet<Unit>? After(Unit a, Unit b, int last)
    {
        var found = new HashSet<Unit>();
        var open = new Stack<Unit>([a]);
        while (open.TryPop(out var unit))
            foreach (var user in unit.Members.SelectMany(m => _users[m]).Select(u => _of[u]))
            {
                if (user == unit || user == a || _rank[user] > last) continue;
                if (user == b && unit != a) return null;
                if (user != b && found.Add(user)) open.Push(user);
            }
        return found;
    }

    private void Put(Unit unit, int rank)
    {
        (_at[rank], _rank[unit]) = (unit, rank);
        foreach (var m in unit.Members) _of[m] = unit;
    }
}
