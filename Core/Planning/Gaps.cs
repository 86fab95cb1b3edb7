namespace AutoDiffAE.Planning;

/// <summary>The free stretches of an arena while it is laid out, no two of them touching; each question takes logarithmic time.</summary>
internal sealed class Gaps
{
    private readonly SortedSet<(long Length, long Start)> _bySize = [];
    private readonly Dictionary<long, long> _endOf = [], _startOf = [];

    /// <summary>The size of the arena so far.</summary>
    public long End { get; private set; }

    /// <summary>The tightest gap that holds so many bytes, of several the first; else the last one is grown at the arena's end.</summary>
    public long Take(long bytes)
    {
        var (length, start) = _bySize.GetViewBetween((bytes, 0), (long.MaxValue, long.MaxValue)).Min;
        if (length >= bytes && length > 0)
        {
            Remove(start, start + length);
            if (length > bytes) Add(start + bytes, start + length);
            return start;
        }
        if (_startOf.TryGetValue(End, out start)) Remove(start, End);
        else start = End;
        End = start + bytes;
        return start;
    }

    public void Free(long start, long bytes)
    {
        var end = start + bytes;
        if (_endOf.TryGetValue(end, out var behind))
        {
            Remove(end, behind);
            end = behind;
        }
        if (_startOf.TryGetValue(start, out var before))
        {
            Remove(before, start);
            start = before;
        }
        Add(start, end);
    }

    private void Add(long start, long end)
    {
        _bySize.Add((end - start, start));
        (_endOf[start], _startOf[end]) = (end, start);
    }

    private void Remove(long start, long end)
    {
        _bySize.Remove((end - start, start));
        _endOf.Remove(start);
        _startOf.Remove(end);
    }
}
