namespace AutoDiffAE.Cpu;

/// <summary>
/// A recurrence made ready, of an array (outer, n, inner) along n. Where inner is as long as a register a unit is a strip of columns, whose rows
/// follow from each other in lanes; else it is a few lines, whose numbers follow from each other side by side.
/// </summary>
internal struct ScanPlan
{
    private const long ChunkElements = 16384, Widest = 512;

    /// <summary>Lines worked side by side: the next number of a line waits for the one before it, not for other lines.</summary>
    public const int Abreast = 8;

    public long Outer, Length, Inner;

    /// <summary>From a number to the next, and from a line's lowest place to where it begins.</summary>
    public long Step, Begin;
    public bool InLanes;

    /// <summary>The columns of a strip, and the strips of all columns.</summary>
    public long Width, Strips;
    public long Units, UnitsPerChunk;
    public int Chunks;

    public static ScanPlan Make(IndexedSizes sizes, bool reverse, int lanes)
    {
        var plan = new ScanPlan { Outer = sizes.Outer, Length = sizes.Length, Inner = sizes.Inner, InLanes = sizes.Inner >= lanes };
        if (plan.Outer * plan.Length * plan.Inner == 0) return plan;
        (plan.Step, plan.Begin) = reverse ? (-plan.Inner, (plan.Length - 1) * plan.Inner) : (plan.Inner, 0);
        plan.Width = Math.Min(plan.Inner, Math.Max(lanes, Math.Min(Widest, ChunkElements / plan.Length / lanes * lanes)));
        plan.Strips = (plan.Inner + plan.Width - 1) / plan.Width;
        plan.Units = plan.InLanes ? plan.Outer * plan.Strips : (plan.Outer * plan.Inner + Abreast - 1) / Abreast;
        plan.UnitsPerChunk = Math.Max(1, ChunkElements / (plan.Length * (plan.InLanes ? plan.Width : Abreast)));
        plan.Chunks = checked((int)((plan.Units + plan.UnitsPerChunk - 1) / plan.UnitsPerChunk));
        return plan;
    }
}
