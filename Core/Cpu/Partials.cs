using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Adds the pieces into which a long sum was cut, always in the same order: target[i] = Σₛ pieces[s·size + i].</summary>
internal static unsafe class Partials<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 1 << 14;

    private struct Job
    {
        public T* Pieces;
        public T* Target;
        public nint Size;
        public int Count;
    }

    public static void Add(T* pieces, int count, nint size, T* target, Workers workers)
    {
        var job = new Job { Pieces = pieces, Target = target, Size = size, Count = count };
        workers.Run((int)((size + Block - 1) / Block), &AddBlock, &job);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(void* state, int chunk, int worker)
    {
        var job = (Job*)state;
        nint from = (nint)chunk * Block, to = Math.Min(from + Block, job->Size), i = from;
        for (; i + V.Count <= to; i += V.Count)
        {
            V sum = V.Load(job->Pieces + i);
            for (int s = 1; s < job->Count; s++) sum += V.Load(job->Pieces + s * job->Size + i);
            sum.Store(job->Target + i);
        }

        for (; i < to; i++)
        {
            T sum = job->Pieces[i];
            for (int s = 1; s < job->Count; s++) sum += job->Pieces[s * job->Size + i];
            job->Target[i] = sum;
        }
    }
}
