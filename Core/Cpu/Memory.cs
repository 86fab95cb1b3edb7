namespace AutoDiffAE.Cpu;

internal static unsafe class Memory
{
    public static void Clear<T>(T* target, nint count) where T : unmanaged
    {
        const nint Span = 1 << 28;
        for (; count > Span; target += Span, count -= Span) new Span<T>(target, (int)Span).Clear();
        new Span<T>(target, (int)count).Clear();
    }

    public static void Copy<T>(T* source, T* target, int count) where T : unmanaged =>
        new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
}
