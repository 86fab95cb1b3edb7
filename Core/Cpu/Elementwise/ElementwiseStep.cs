using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A fused body bound to sizes. What is written may be what is read, whole and in the same order: an element is stored after its vector has been
/// loaded, rows and chunks have elements of their own, and the last vector of a row, which would overlap the one before it and so read results
/// for arguments, is then run in a padded copy.
/// </summary>
internal sealed unsafe class ElementwiseStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>More than the heaviest group can touch; they are put on the stack.</summary>
    private const int MostPointers = 2048;

    /// <summary>From so many elements on the loop is made for speed. Making it takes milliseconds, running it over fewer less than a microsecond.</summary>
    private const int Many = 256;

    private readonly ElementwiseLoop _loop;
    private readonly bool[] _splats;
    private readonly int[] _slots;
    private readonly int _reads;
    private readonly double[] _literals;
    private readonly delegate*<void**, nint, void> _code;

    /// <summary>The body over these slots; where broadcasting leaves only short rows to run along, over expanded copies.</summary>
    /// <param name="slots">The slots read, then those written.</param>
    /// <param name="sizes">The sizes of each of them.</param>
    public static IBoundStep Of(Body body, int[] slots, IReadOnlyList<int[]> sizes) =>
        body.Equals(Body.Copy) ? CopyStep<V, T>.Broadcast(sizes[0], sizes[1], slots[0], slots[1])
        : ExpandedStep<V, T>.Pays(sizes) ? new ExpandedStep<V, T>(body, slots, sizes)
        : new ElementwiseStep<V, T>(body, slots, sizes);

    public ElementwiseStep(Body body, int[] slots, IReadOnlyList<int[]> sizes)
    {
        (_slots, _reads) = (slots, body.Reads);
        if (slots.Length > MostPointers) throw new InvalidOperationException($"a fused body touches {slots.Length} buffers");
        _loop = new ElementwiseLoop(sizes[^1], sizes);
        _splats = _loop.Splats;
        // A single element is written like a row of one: only what is read may be splatted.
        var (structure, literals) = ElementwiseCode.Parametrized(body);
        // Pinned: the code has an address of theirs.
        _literals = GC.AllocateUninitializedArray<double>(literals.Length, pinned: true);
        literals.CopyTo(_literals, 0);
        _code = (delegate*<void**, nint, void>)ElementwiseCode.Compile<V, T>(structure, _splats[.._reads], _loop.Count >= Many);
    }

    public void Run(nint* slots, Workers workers)
    {
        if (_loop.Count == 0) return;
        var state = new Job { Step = this, Slots = slots, Overwrites = Overwrites(slots) };
        workers.Run(_loop.Chunks, &Chunk, Unsafe.AsPointer(ref state));
    }

    private ref struct Job
    {
        public ElementwiseStep<V, T> Step;
        public nint* Slots;
        public bool Overwrites;
    }

    private static void Chunk(void* state, int chunk, int worker)
    {
        ref var job = ref Unsafe.AsRef<Job>(state);
        job.Step.RunChunk(job.Slots, chunk, job.Overwrites);
    }

    private bool Overwrites(nint* slots)
    {
        for (var w = _reads; w < _slots.Length; w++)
            for (var r = 0; r < _reads; r++)
                if (slots[_slots[w]] == slots[_slots[r]]) return true;
        return false;
    }

    private void RunChunk(nint* slots, int chunk, bool overwrites)
    {
        var pointers = stackalloc void*[_slots.Length + 1];
        pointers[_slots.Length] = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_literals));
        var (first, end, start, length) = _loop.Chunk(chunk);
        var whole = length < V.Count ? 0 : overwrites ? length - length % V.Count : length;
        for (var row = first; row < end; row++)
        {
            for (var i = 0; i < _slots.Length; i++)
                pointers[i] = (T*)slots[_slots[i]] + _loop.Offset(i, row) + (i < _reads && _splats[i] ? 0 : start);
            if (whole > 0) _code(pointers, whole);
            if (whole == length) continue;
            for (var i = 0; i < _slots.Length; i++)
                if (i >= _reads || !_splats[i]) pointers[i] = (T*)pointers[i] + whole;
            Short(pointers, length - whole);
        }
    }

    /// <summary>What is shorter than a vector is run in padded copies, so that its bits come from the same code.</summary>
    private void Short(void** pointers, int length)
    {
        var copies = stackalloc T[_slots.Length * V.Count];
        var padded = stackalloc void*[_slots.Length + 1];
        padded[_slots.Length] = pointers[_slots.Length];
        for (var i = 0; i < _slots.Length; i++)
        {
            padded[i] = copies + i * V.Count;
            if (i < _reads) new ReadOnlySpan<T>(pointers[i], _splats[i] ? 1 : length).CopyTo(new Span<T>(padded[i], V.Count));
        }
        _code(padded, V.Count);
        for (var i = _reads; i < _slots.Length; i++)
            new ReadOnlySpan<T>(padded[i], length).CopyTo(new Span<T>(pointers[i], length));
    }
}
