using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>Native numbers between guard numbers that nobody may change.</summary>
internal sealed unsafe class Native<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Guard = 64;
    private static readonly T Mark = T.CreateTruncating(12345);
    private readonly T* memory;

    public Native(long count)
    {
        Count = (int)count;
        memory = (T*)NativeMemory.AlignedAlloc((nuint)((count + 2 * Guard) * sizeof(T)), 64);
        new Span<T>(memory, Count + 2 * Guard).Fill(Mark);
    }

    public static Native<T> Random(long count, int seed)
    {
        var random = new Random(seed);
        var made = new Native<T>(count);
        foreach (ref T value in made.Span) value = T.CreateTruncating(random.NextDouble() * 2 - 1);
        new Span<T>(made.memory, Guard).Fill(T.NaN);
        new Span<T>(made.memory + Guard + made.Count, Guard).Fill(T.NaN);
        return made;
    }

    public int Count { get; }

    public T* Pointer => memory + Guard;

    public Span<T> Span => new(memory + Guard, Count);

    public bool GuardsHold() => !new Span<T>(memory, Guard).ContainsAnyExcept(Mark) && !new Span<T>(memory + Guard + Count, Guard).ContainsAnyExcept(Mark);

    public void Dispose() => NativeMemory.AlignedFree(memory);
}
