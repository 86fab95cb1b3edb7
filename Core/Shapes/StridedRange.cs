namespace AutoDiffAE.Shapes;

/// <summary>The positions start, start + step, … of an axis, <paramref name="Length"/> of them. A negative step reads backwards.</summary>
public readonly record struct StridedRange(Dim Start, Dim Length, int Step = 1)
{
    public static StridedRange All(Dim length) => new(0, length);

    /// <summary>The last position that the range reaches.</summary>
    public Dim Last => Start + (Length - 1) * Step;

    public bool IsAll(Dim length) => Start.Is(0) && Step == 1 && Length == length;

    /// <summary>Whether every position lies within an axis of the given length; null where names leave it open.</summary>
    public bool? Fits(Dim length)
    {
        if (Length.Is(0)) return true;
        var (low, high) = Step > 0 ? (Start, Last) : (Last, Start);
        return (low.AtLeast(0), (length - 1 - high).AtLeast(0)) switch
        {
            (true, true) => true,
            (false, _) or (_, false) => false,
            _ => null,
        };
    }

    public override string ToString() => $"{Start}:{Length}:{Step}";
}
