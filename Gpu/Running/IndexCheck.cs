using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;
using ILGPU;

namespace AutoDiffAE.Gpu;

/// <summary>
/// Looks at a step's indices before they are used. A device cannot throw: it raises a flag that the host waits for, and where it is raised, the host looks
/// for the index to name. So a step with indices costs a wait; no other does.
/// </summary>
internal sealed class IndexCheck<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GpuDevice _device;
    private readonly DeviceMemory<T> _flag;
    private readonly IGpuLaunch<T> _clear, _check;
    private readonly ArrayView<T>[] _memory = new ArrayView<T>[2];
    private readonly int _indices, _count;
    private readonly IndexPositions<T> _positions;
    private readonly T[] _raised = new T[1];

    public int Step { get; }

    public static IndexCheck<T>? Of(Step step, int at, int[][] sizes, GpuDevice device) => step.Routine switch
    {
        Routine.Gather g => new("take", step, at, step.Reads[1], sizes, g.Axis, sizes[step.Reads[0]][g.Axis], device),
        Routine.ScatterAdd s => new("add_at", step, at, step.Reads[0], sizes, s.Axis, sizes[step.Writes[0]][s.Axis], device),
        _ => null,
    };

    private IndexCheck(string operation, Step step, int at, int indices, int[][] sizes, int axis, int length, GpuDevice device)
    {
        (Step, _device, _indices, _count) = (at, device, indices, sizes[indices].Aggregate(1, (a, b) => a * b));
        _flag = new(device, 1);
        _positions = new(operation, sizes[indices], axis, length, step.Provenance);
        var numbers = device.Allocate<int>(2).View.BaseView;
        device.Upload([0, length], numbers);
        _clear = new GpuLaunch<T, Views8<T>>(device, new(Kernel.Of<T>(typeof(Fill<,>)), [1], [0], 1), numbers.SubView(0, 1));
        _check = new GpuLaunch<T, Views8<T>>(device, new(Kernel.Of<T>(typeof(CheckIndex<,>)), [0, 1], [length], _count), numbers.SubView(1, 1));
    }

    /// <exception cref="AutoDiffAE.Shapes.IndexException">An index names no position.</exception>
    public unsafe void Run(ArrayView<T>[] memory)
    {
        (_memory[0], _memory[1]) = (memory[_indices], _flag.View);
        _clear.Run(_memory);
        _check.Run(_memory);
        _device.Download(_flag.View, _raised.AsSpan());
        if (_raised[0] == T.Zero) return;
        using var host = new Buffer<T>(_count);
        _device.Download(memory[_indices], host.Span);
        _positions.Of(host.Pointer, Workers.Shared);
    }
}
