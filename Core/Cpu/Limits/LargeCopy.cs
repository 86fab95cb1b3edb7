namespace AutoDiffAE.Cpu;

/// <summary>A copy from one half of a block to the other, large enough that caches hold neither; each thread copies a part.</summary>
internal sealed unsafe class LargeCopy
{
    private const int Half = 64 << 20;

    private readonly Arena _memory = new(2L * Half + sizeof(Layout));

    public LargeCopy(int threads)
    {
        State = (Layout*)(_memory.Start + 2L * Half);
        *State = new Layout { Source = (byte*)_memory.Start, Target = (byte*)_memory.Start + Half, Part = Half / threads };
        Memory.Clear(State->Source, 2 * Half); // so that no page is missing when the clock runs
    }

    /// <summary>Bytes read and bytes written.</summary>
    public static double BytesOfRun => 2.0 * Half;

    public Layout* State { get; }

    public static void Run(void* state, int chunk, int _)
    {
        var layout = (Layout*)state;
        var at = (long)chunk * layout->Part;
        Memory.Copy(layout->Source + at, layout->Target + at, layout->Part);
    }

    public struct Layout
    {
        public byte* Source, Target;
        public int Part;
    }
}
