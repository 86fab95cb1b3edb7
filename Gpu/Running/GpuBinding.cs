using System.Diagnostics;
using System.Numerics;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// A plan with numbers for its sizes on a device: one arena for what is temporary, scratch memory that steps use in turn, constants, the numbers that
/// kernels know before, and a list of starts. A run queues them all; the host waits only when it asks for values.
/// </summary>
internal sealed class GpuBinding<T> : IBinding<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan _plan;
    private readonly GpuDevice _device;
    private readonly ArrayView<T>[] _memory;
    private readonly IGpuLaunch<T>[][] _steps;
    private readonly int[] _views;
    private readonly bool[] _written;
    private readonly IndexCheck<T>[] _checks;

    public unsafe GpuBinding(Plan plan, IReadOnlyDictionary<string, long> names, GpuDevice device)
    {
        (_plan, _device) = (plan, device);
        var (sizes, lowered) = GpuPlan.Of<T>(plan, names);
        long Bytes(int slot) => sizes[slot].Aggregate((long)sizeof(T), (a, b) => a * b);
        var (offsets, arena) = Liveness.Place(Liveness.Intervals(plan), Bytes);

        var scratch = lowered.Max(s => (long?)s.Scratch.Sum(n => (long)Aligned(n))) ?? 0;
        var constants = plan.Slots.Where(s => s.Value is not null).ToArray();
        ArenaBytes = arena;
        var count = Elements<T>(arena, scratch, constants);
        if (count > int.MaxValue || count * sizeof(T) > device.MemoryBytes) throw TooLarge(plan, names, device, count * sizeof(T));
        var memory = device.Allocate<T>(count).View.BaseView;

        _memory = new ArrayView<T>[plan.Slots.Length + (lowered.Max(s => (int?)s.Scratch.Count) ?? 0)];
        foreach (var (slot, offset) in offsets) _memory[slot] = memory.SubView(offset / sizeof(T), Math.Max(1, Bytes(slot) / sizeof(T)));
        var at = arena / sizeof(T) + scratch;
        foreach (var constant in constants)
        {
            var values = constant.Value!.Cast<T>().Span;
            _memory[constant.Id] = memory.SubView(at, Math.Max(1, values.Length));
            device.Upload(values, _memory[constant.Id]);
            at += Aligned(values.Length);
        }
        _views = [.. plan.Slots.Where(s => s.Of is not null).Select(s => s.Id)];
        _written = new bool[plan.Slots.Length];
        foreach (var slot in plan.Steps.SelectMany(s => s.Writes)) _written[plan.Root(slot)] = true;

        int[] numbers = [.. lowered.SelectMany(s => s.Launches).SelectMany(l => l.Numbers)];
        var known = device.Allocate<int>(numbers.Length + 1).View.BaseView;
        device.Upload(numbers, known);
        var begin = 0;
        _steps = [.. lowered.Select(s => s.Launches.Select(launch =>
        {
            var own = known.SubView(begin, Math.Max(1, launch.Numbers.Length));
            begin += launch.Numbers.Length;
            return launch.Kernel.Memory == typeof(Views8<T>) ? (IGpuLaunch<T>)new GpuLaunch<T, Views8<T>>(device, launch, own) : new GpuLaunch<T, Views40<T>>(device, launch, own);
        }).ToArray())];
        Scratch = [.. lowered.Select(s => Parts(memory, arena / sizeof(T), s.Scratch))];
        _checks = !plan.ChecksIndices ? [] : [.. plan.Steps.Select((s, i) => IndexCheck<T>.Of(s, i, sizes, device)).OfType<IndexCheck<T>>()];
    }

    private static unsafe long Elements<N>(long arena, long scratch, IEnumerable<Slot> constants) where N : unmanaged => arena / sizeof(N) + scratch + constants.Sum(c => (long)Aligned(c.Value!.Span.Length)) + 1;

    /// <summary>How much was asked for, of how much, and with which sizes half, a quarter, … as large it would fit.</summary>
    private static unsafe OutOfMemoryException TooLarge(Plan plan, IReadOnlyDictionary<string, long> names, GpuDevice device, long bytes)
    {
        var most = Math.Min(device.MemoryBytes, (long)int.MaxValue * sizeof(T));
        var smaller = new Dictionary<string, long>(names);
        var fits = false;
        while (!fits && smaller.Values.Any(n => n > 1))
        {
            foreach (var name in names.Keys) smaller[name] = Math.Max(1, smaller[name] / 2);
            var scratch = GpuPlan.Of<T>(plan, smaller).Steps.Max(s => (long?)s.Scratch.Sum(n => (long)Aligned(n))) ?? 0;
            fits = (Liveness.Place(plan, smaller, sizeof(T)).Bytes / sizeof(T) + scratch) * sizeof(T) <= most;
        }
        return new($"{device.Name} cannot hold {bytes} bytes of intermediate values: it has {device.MemoryBytes}, and an array has fewer than 2^31 elements"
            + (fits ? $"; {string.Join(", ", smaller.Select(s => $"{s.Key} = {s.Value}"))} would fit" : ""));
    }

    /// <summary>Of each step, its parts of the scratch memory.</summary>
    private ArrayView<T>[][] Scratch { get; }

    public long ArenaBytes { get; }

    /// <exception cref="IndexException">An index names no position.</exception>
    public void Run(ReadOnlySpan<Buffer<T>> external) => Run(external, []);

    public void Run(ReadOnlySpan<Buffer<T>> external, Span<long> ticks)
    {
        lock (_device.Gate)
        {
            Place(external);
            if (!ticks.IsEmpty) _device.Stream.Synchronize();
            var before = Stopwatch.GetTimestamp();
            for (var i = 0; i < _steps.Length; i++)
            {
                Scratch[i].CopyTo(_memory, _plan.Slots.Length);
                foreach (var check in _checks)
                    if (check.Step == i) check.Run(_memory);
                foreach (var launch in _steps[i]) launch.Run(_memory);
                if (ticks.IsEmpty) continue;
                _device.Stream.Synchronize();
                var after = Stopwatch.GetTimestamp();
                (ticks[i], before) = (after - before, after);
            }
            for (var i = 0; i < external.Length; i++)
                if (_written[_plan.External[i]]) external[i].MirrorWritten();
        }
    }

    private void Place(ReadOnlySpan<Buffer<T>> external)
    {
        for (var i = 0; i < external.Length; i++)
        {
            var (buffer, slot) = (external[i], _plan.External[i]);
            if (buffer.Mirror is not DeviceMemory<T> mirror || mirror.Device != _device) buffer.MirrorIn(mirror = new DeviceMemory<T>(_device, buffer.Length));
            if (!_written[slot] && !buffer.MirrorIsCurrent)
            {
                _device.Upload(buffer.Values, mirror.View);
                buffer.MirrorFilled();
            }
            _memory[slot] = mirror.View;
        }
        foreach (var view in _views) _memory[view] = _memory[_plan.Root(view)];
    }

    private static ArrayView<T>[] Parts(ArrayView<T> memory, long at, IReadOnlyList<int> scratch)
    {
        var parts = new ArrayView<T>[scratch.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = memory.SubView(at, Math.Max(1, scratch[i]));
            at += Aligned(scratch[i]);
        }
        return parts;
    }

    private static int Aligned(int elements) => (Math.Max(1, elements) + 63) / 64 * 64;
}
