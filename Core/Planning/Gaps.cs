namespace AutoDiffAE.Planning;

/// <summary>The free stretches of an arena while it is laid out, in ascending order, no two of them touching.</summary>
internal sealed class Gaps
{
    private readonly List<(long Start, long End)> _free = [];

    /// <summary>The size of the arena so far.</summary>
    public long End { get; private set; }

    /// <summary>The tightest gap that holds so many bytes; else the last one is grown at the arena's end.</summary>
    public long Take(long bytes)
    {
        var best = -1;
        for (var i = 0; i < _free.Count; i++)
            if (Length(i) >= bytes && (best < 0 || Length(i) < Length(best))) best = i;
        if (best < 0 && _free.Count > 0 && _free[^1].End == End)
        {
            best = _free.Count - 1;
            End = _free[best].Start + bytes;
            _free[best] = (_free[best].Start, End);
        }
        if (best < 0)
        {
            End += bytes;
            return End - bytes;
        }
        var (start, end) = _free[best];
        if (start + bytes == end) _free.RemoveAt(best);
        else _free[best] = (start + bytes, end);
        return start;
    }

    public void Free(long start, long bytes)
    {
        var end = start + bytes;
        var at = _free.BinarySearch((start, long.MinValue));
        if (at < 0) at = ~at;
        if (at < _free.Count && _free[at].Start == end)
        {
            end = _free[at].End;
            _free.RemoveAt(at);
        }
        if (at > 0 && _free[at - 1].End == start) _free[at - 1] = (_free[at - 1].Start, end);
        else _free.Insert(at, (start, end));
    }

    private long Length(int i) => _free[i].End - _free[i].Start;
}
