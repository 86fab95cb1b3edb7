using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>A fused body whose results are reduced as they are made, bound to sizes.</summary>
internal sealed unsafe class FusedReductionStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FusedReductionPlan _plan;
    private readonly int[] _slots;
    private readonly int _reads;
    private readonly Fold[] _folds;
    private readonly int[] _reduced;

    // What lies in rows, but not side by side: a piece of a row is brought together before it is run.
    private readonly int[] _scattered;
    private readonly Tensors.Buffer<T>? _partials;
    private readonly double[] _literals;
    private readonly delegate*<void**, nint, void> _code;

    /// <param name="routine">What is done.</param>
    /// <param name="slots">The slots read, then those written.</param>
    /// <param name="reads">Where what is read lies.</param>
    public static IBoundStep Of(Routine.Reduction routine, int[] slots, IReadOnlyList<Layout> reads)
    {
        var rank = reads.Max(r => r.Shape.Length);
        int[] shape = [.. Enumerable.Range(1 - rank, rank).Select(i => reads.Select(r => -i < r.Shape.Length ? r.Shape[r.Shape.Length - 1 + i] : 1).Aggregate(1, (a, b) => a == 1 ? b : a))];
        int[] folded = [.. shape.Select((n, i) => routine.Axes.Contains(i) ? 1 : n)];
        if (shape.Contains(0)) return new UnfusedReductionStep<V, T>(routine, slots, reads, shape);
        var plan = new FusedReductionPlan(shape, [.. reads, .. routine.Folds.Select(f => Layout.Dense(f == Fold.None ? shape : folded))], folded, V.Count);
        return plan.Pays ? new FusedReductionStep<V, T>(routine, slots, plan) : new UnfusedReductionStep<V, T>(routine, slots, reads, shape);
    }

    private FusedReductionStep(Routine.Reduction routine, int[] slots, FusedReductionPlan plan)
    {
        (_plan, _slots, _reads, _folds) = (plan, slots, routine.Body.Reads, [.. routine.Folds]);
        _reduced = [.. Enumerable.Range(0, _folds.Length).Where(r => _folds[r] != Fold.None)];
        _scattered = [.. Enumerable.Range(0, _reads).Where(r => plan.Along[r] is not (0 or 1))];
        _partials = plan.Splits > 1 ? new(checked(_reduced.Length * plan.Splits * plan.Results)) : null;
        var (structure, literals) = ElementwiseCode.Parametrized(routine.Body);
        _literals = GC.AllocateUninitializedArray<double>(literals.Length, pinned: true);
        literals.CopyTo(_literals, 0);
        _code = (delegate*<void**, nint, void>)ElementwiseCode.Compile<V, T>(structure, plan.Splats[.._reads], true, routine.Folds, plan.InnerReduced);
    }

    public void Run(nint* slots, Workers workers)
    {
        lock (workers.Exclusive)
        {
            var state = new Job { Step = this, Slots = slots, Scratch = workers.Reserve((nuint)(_scattered.Length * _plan.Longest * sizeof(T))) };
            workers.Run(_plan.Chunks, &Chunk, Unsafe.AsPointer(ref state));
        }
        if (_partials is null) return;
        for (var i = 0; i < _reduced.Length; i++)
        {
            var target = (T*)slots[_slots[_reads + _reduced[i]]];
            if (_folds[_reduced[i]] == Fold.Sum) Columns<V, T, SumFold<V, T>>.Fold(target, Partials(i, 0), _plan.Splits, _plan.Results, _plan.Results);
            else Columns<V, T, MaximumFold<V, T>>.Fold(target, Partials(i, 0), _plan.Splits, _plan.Results, _plan.Results);
        }
    }

    private ref struct Job
    {
        public FusedReductionStep<V, T> Step;
        public nint* Slots;
        public void** Scratch;
    }

    private static void Chunk(void* state, int chunk, int worker)
    {
        ref var job = ref Unsafe.AsRef<Job>(state);
        job.Step.RunChunk(job.Slots, chunk, (T*)job.Scratch[worker]);
    }

    private T* Partials(int reduced, int split) => _partials!.Pointer + ((nint)reduced * _plan.Splits + split) * _plan.Results;

    private void RunChunk(nint* slots, int chunk, T* scratch)
    {
        var pointers = stackalloc void*[_slots.Length + 2];
        pointers[_slots.Length] = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_literals));
        pointers[_slots.Length + 1] = Steps<T>.From(0);
        var targets = stackalloc T*[_reduced.Length];
        var split = chunk / _plan.ResultChunks;
        for (var i = 0; i < _reduced.Length; i++)
            targets[i] = _partials is null ? (T*)slots[_slots[_reads + _reduced[i]]] : Partials(i, split);
        var (row, end) = ((int)((long)split * _plan.Rows / _plan.Splits), (int)((split + 1L) * _plan.Rows / _plan.Splits));
        // The stack of a tree over the rows: it holds the results of 2ⁿ rows, with falling n.
        var tree = stackalloc T[_plan.InnerReduced ? (34 - BitOperations.LeadingZeroCount((uint)(end - row))) * _reduced.Length * V.Count : 0];
        var unit = chunk % _plan.ResultChunks * _plan.UnitsPerChunk;
        for (var last = Math.Min(unit + _plan.UnitsPerChunk, _plan.Units); unit < last; unit++)
            if (_plan.InnerReduced) RunAcross(slots, pointers, targets, tree, scratch, unit, row, end);
            else RunDown(slots, pointers, targets, scratch, unit, row, end);
    }

    /// <summary>Rows that each give one register, combined pairwise.</summary>
    private void RunAcross(nint* slots, void** pointers, T** targets, T* tree, T* scratch, int unit, int row, int end)
    {
        var (top, level) = (0, _reduced.Length * V.Count);
        for (var done = 0; row + done < end; done++)
        {
            for (var i = 0; i < _reduced.Length; i++) pointers[_reads + _reduced[i]] = tree + top * level + i * V.Count;
            Segment(slots, pointers, scratch, unit, row + done);
            top++;
            for (var bit = done; (bit & 1) != 0; bit >>= 1) Pop();
        }
        while (top > 1) Pop();
        for (var i = 0; i < _reduced.Length; i++)
            targets[i][unit] = _folds[_reduced[i]] == Fold.Sum ? SumFold<V, T>.Collapse(V.Load(tree + i * V.Count)) : MaximumFold<V, T>.Collapse(V.Load(tree + i * V.Count));

        void Pop()
        {
            top--;
            for (var i = 0; i < _reduced.Length; i++)
            {
                var at = tree + (top - 1) * level + i * V.Count;
                var (a, b) = (V.Load(at), V.Load(at + level));
                (_folds[_reduced[i]] == Fold.Sum ? a + b : V.Max(a, b)).Store(at);
            }
        }
    }

    /// <summary>Rows that are combined with a strip of results, element by element.</summary>
    private void RunDown(nint* slots, void** pointers, T** targets, T* scratch, int unit, int row, int end)
    {
        var (target, length) = (_plan.Target(unit), _plan.Segment(unit, row).Length);
        for (var i = 0; i < _reduced.Length; i++)
        {
            pointers[_reads + _reduced[i]] = targets[i] + target;
            Movement<V, T>.Fill(targets[i] + target, length, _folds[_reduced[i]] == Fold.Sum ? T.NegativeZero : T.NegativeInfinity);
        }
        for (; row < end; row++) Segment(slots, pointers, scratch, unit, row);
    }

    private void Segment(nint* slots, void** pointers, T* scratch, int unit, int row)
    {
        var (at, start, length) = _plan.Segment(unit, row);
        for (var i = 0; i < _slots.Length; i++)
            if (i < _reads || _folds[i - _reads] == Fold.None)
                pointers[i] = (T*)slots[_slots[i]] + _plan.Offset(i, at) + (nint)_plan.Along[i] * start;
        foreach (var i in _scattered)
        {
            Movement<V, T>.Row(scratch, (T*)pointers[i], _plan.Along[i], length);
            pointers[i] = scratch;
            scratch += _plan.Longest;
        }
        _code(pointers, length);
    }
}
