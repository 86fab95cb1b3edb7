namespace AutoDiffAE.Shapes;

/// <summary>numpy's start:stop:step of one axis: negative bounds count from the end, and what lies outside is cut.</summary>
public readonly record struct SliceBounds(Dim? Start, Dim? Stop, int Step = 1)
{
    /// <summary>The positions that the bounds name on an axis. Named sizes are not compared with bounds, so nothing is cut there.</summary>
    public StridedRange Of(Dim length)
    {
        var (first, last) = Step > 0 ? ((Dim)0, length) : (-1, length - 1);
        var from = Start is null ? (Step > 0 ? first : last) : Cut(Position(Start, length), first, last);
        var to = Stop is null ? (Step > 0 ? last : first) : Cut(Position(Stop, length), first, last);
        var count = Dim.FloorDivide((Step > 0 ? to - from : from - to) + (Math.Abs(Step) - 1), Math.Abs(Step));
        return new(from, count.Value is < 0 ? 0 : count, Step);
    }

    /// <summary>A position that may be counted from the end.</summary>
    public static Dim Position(Dim at, Dim length) => at.Value is < 0 ? length + at : at;

    /// <summary>The shortest bounds that name the positions of <paramref name="range"/>, or null where none do.</summary>
    public static SliceBounds? Spelling(StridedRange range, Dim length)
    {
        var stop = range.Length.Is(0) ? range.Start : range.Last + Math.Sign(range.Step);
        foreach (var bounds in (ReadOnlySpan<SliceBounds>)[new(null, null, range.Step), new(range.Start, null, range.Step), new(null, stop, range.Step), new(range.Start, stop, range.Step)])
            if (bounds.Of(length) == range) return bounds;
        return null;
    }

    private static Dim Cut(Dim at, Dim low, Dim high) =>
        (at.Value, low.Value, high.Value) is (long a, long l, long h) ? (Dim)Math.Clamp(a, l, Math.Max(l, h)) : at;

    public override string ToString() => $"{Start}:{Stop}{(Step == 1 ? "" : $":{Step}")}";
}
