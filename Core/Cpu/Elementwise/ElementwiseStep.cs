using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>A fused body bound to sizes, whose operands lie in rows.</summary>
internal sealed unsafe class ElementwiseStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ElementwiseLoop _loop;
    private readonly int[] _slots;
    private readonly BoundBody<V, T> _body;

    /// <summary>The body over slots that lie row-major; what is broadcast is expanded where it leaves only short rows to run along.</summary>
    /// <param name="slots">The slots read, then those written.</param>
    /// <param name="sizes">The sizes of each of them.</param>
    public static IBoundStep Of(Body body, int[] slots, IReadOnlyList<int[]> sizes) => Of(body, slots, [.. sizes.Select(Layout.Dense)]);

    /// <summary>The same over slots that lie in any way; those written lie row-major.</summary>
    public static IBoundStep Of(Body body, int[] slots, IReadOnlyList<Layout> layouts)
    {
        if (body.Equals(Body.Copy)) return CopyStep<V, T>.Of(layouts[0], layouts[1].Shape, slots[0], slots[1]);
        var axes = OperandAxes.Of(layouts[^1].Shape, layouts);
        var loop = new ElementwiseLoop(layouts[^1].Shape, axes);
        return TiledStep<V, T>.Pays(axes, loop) ? new TiledStep<V, T>(body, slots, axes, loop.Count) : new ElementwiseStep<V, T>(body, slots, loop);
    }

    private ElementwiseStep(Body body, int[] slots, ElementwiseLoop loop) => (_slots, _loop, _body) = (slots, loop, new(body, loop.Splats, loop.Count));

    public int Elements => _loop.Count;

    /// <summary>The parts that it can be run in.</summary>
    public int Chunks => _loop.Count == 0 ? 0 : _loop.Chunks;

    public void RunChunk(nint* slots, int chunk) => RunChunk(slots, chunk, _body.Overwrites(slots, _slots));

    public void Run(nint* slots, Workers workers)
    {
        var state = new Job { Step = this, Slots = slots, Overwrites = _body.Overwrites(slots, _slots) };
        workers.Run(Chunks, &Chunk, Unsafe.AsPointer(ref state));
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

    private void RunChunk(nint* slots, int chunk, bool overwrites)
    {
        var pointers = stackalloc void*[_body.Pointers];
        var (first, end, start, length) = _loop.Chunk(chunk);
        for (var row = first; row < end; row++)
        {
            for (var i = 0; i < _slots.Length; i++)
                pointers[i] = (T*)slots[_slots[i]] + _loop.Offset(i, row) + (_body.Splats(i) ? 0 : start);
            _body.Run(pointers, length, overwrites);
        }
    }
}
