using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Independent fused bodies as one job: small ones follow each other in one chunk of it.</summary>
internal sealed unsafe class SeveralStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkElements = 16384;

    private readonly ElementwiseStep<V, T>[] _bodies;
    private readonly IBoundStep[] _others;

    // The chunks of the bodies, one body's after another's, and where each chunk of the job begins among them.
    private readonly (int Body, int Chunk)[] _pieces;
    private readonly int[] _begins;

    public SeveralStep(IReadOnlyList<IBoundStep> steps)
    {
        (_bodies, _others) = ([.. steps.OfType<ElementwiseStep<V, T>>()], [.. steps.Where(s => s is not ElementwiseStep<V, T>)]);
        _pieces = [.. _bodies.SelectMany((body, b) => Enumerable.Range(0, body.Chunks).Select(chunk => (b, chunk)))];
        var begins = new List<int>();
        var elements = ChunkElements;
        for (var i = 0; i < _pieces.Length; i++)
        {
            if (elements >= ChunkElements)
            {
                begins.Add(i);
                elements = 0;
            }
            elements += _bodies[_pieces[i].Body].Elements / _bodies[_pieces[i].Body].Chunks;
        }
        _begins = [.. begins, _pieces.Length];
    }

    public void Run(nint* slots, Workers workers)
    {
        var state = new Job { Step = this, Slots = slots };
        workers.Run(_begins.Length - 1, &Chunk, Unsafe.AsPointer(ref state));
        foreach (var step in _others) step.Run(slots, workers);
    }

    private ref struct Job
    {
        public SeveralStep<V, T> Step;
        public nint* Slots;
    }

    private static void Chunk(void* state, int chunk, int worker)
    {
        ref var job = ref Unsafe.AsRef<Job>(state);
        var step = job.Step;
        for (var i = step._begins[chunk]; i < step._begins[chunk + 1]; i++) step._bodies[step._pieces[i].Body].RunChunk(job.Slots, step._pieces[i].Chunk);
    }
}
