using System.Diagnostics;
using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cpu;

/// <summary>A plan with numbers for its sizes: bound steps, an arena for what is temporary, and constants in the precision wanted.</summary>
internal sealed unsafe class CpuBinding<T> : IBinding<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan _plan;
    private readonly IBoundStep[] _steps;
    private readonly Workers _workers;
    private readonly Arena _arena;
    private readonly List<Buffer<T>> _constants = [];
    private readonly nint[] _slots;
    private readonly int[] _views;

    public CpuBinding(Plan plan, IReadOnlyDictionary<string, long> sizes, Workers workers, LaneWidth width, Poison? poison = null)
    {
        (_plan, _workers) = (plan, workers);
        var bound = plan.Slots.Select(s => s.Shape.Evaluate(sizes)).ToArray();
        long Bytes(int slot) => bound[slot].Aggregate((long)sizeof(T), (a, b) => a * b);
        var lives = poison is null ? Liveness.Intervals(plan) : poison.Lives(plan);
        var (offsets, bytes) = Liveness.Place(lives, Bytes);
        _arena = new Arena(bytes);
        _slots = new nint[plan.Slots.Length];
        foreach (var (slot, offset) in offsets) _slots[slot] = _arena.Start + (nint)offset;
        foreach (var constant in plan.Slots.Where(s => s.Value is not null))
        {
            _constants.Add(new Buffer<T>(constant.Value!.Cast<T>()));
            _slots[constant.Id] = (nint)_constants[^1].Pointer;
        }
        _views = [.. plan.Slots.Where(s => s.Of is not null).Select(s => s.Id)];
        Layout[] layouts = [.. plan.Slots.Select(s => Layout.Of(s, bound, sizes))];
        _steps = [.. plan.Steps.Select(s => BoundSteps.Bind<T>(s, bound, layouts, sizes, width))];
        if (poison is not null) _steps = poison.Before<T>(_steps, lives, slot => (offsets[slot], offsets[slot] + Bytes(slot)), _arena);
    }

    public long ArenaBytes => _arena.Bytes;

    public void Run(ReadOnlySpan<Buffer<T>> external)
    {
        Place(external);
        fixed (nint* slots = _slots)
            foreach (var step in _steps) step.Run(slots, _workers);
        KeepAlive(external);
    }

    public void Run(ReadOnlySpan<Buffer<T>> external, Span<long> ticks)
    {
        Place(external);
        fixed (nint* slots = _slots)
        {
            var before = Stopwatch.GetTimestamp();
            for (var i = 0; i < _steps.Length; i++)
            {
                _steps[i].Run(slots, _workers);
                var after = Stopwatch.GetTimestamp();
                (ticks[i], before) = (after - before, after);
            }
        }
        KeepAlive(external);
    }

    /// <summary>Only addresses were used: the memory behind them, the arena's and the steps' own too, must outlive the run.</summary>
    private void KeepAlive(ReadOnlySpan<Buffer<T>> external)
    {
        foreach (var buffer in external) GC.KeepAlive(buffer);
        GC.KeepAlive(this);
    }

    private void Place(ReadOnlySpan<Buffer<T>> external)
    {
        for (var i = 0; i < external.Length; i++) _slots[_plan.External[i]] = (nint)external[i].Pointer;
        foreach (var view in _views) _slots[view] = _slots[_plan.Root(view)];
    }
}
