using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;

namespace AutoDiffAE;

/// <summary>
/// A compiled computation. A call reads inputs and the store's variables, fills the outputs, and then commits all updates together;
/// when it throws, nothing has changed.
/// </summary>
public sealed partial class Function<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostBindings = 8;

    private readonly Computation _computation;
    private readonly ImmutableArray<Expr> _variables;
    private readonly Store<T> _store;
    private readonly IExecutable<T> _executable;
    private readonly OrderedDictionary<string, IBinding<T>> _bindings = [];
    private readonly int[][] _boundInputs;
    private readonly IBackend _backend;
    private readonly ImmutableArray<Expr> _rewritten;
    private readonly Buffer<T>[] _next, _committed;
    private readonly Buffer<T>[] _external;
    private IBinding<T>? _binding;
    private IReadOnlyDictionary<string, long> _sizes = ImmutableDictionary<string, long>.Empty;

    internal Function(Computation computation, ImmutableArray<Expr> variables, Store<T> store, Rewritten rewritten, Plan plan, IBackend backend)
    {
        (_computation, _variables, _store, Plan, _backend, _executable) = (computation, variables, store, plan, backend, backend.Lower<T>(plan));
        _rewritten = rewritten.Roots;
        (Trace, Passes) = (rewritten.Trace, rewritten.Passes);
        _boundInputs = new int[computation.Inputs.Length][];
        _next = [.. computation.Updates.Select(u => new Buffer<T>(store.Find(u.Variable).Sizes))];
        _committed = new Buffer<T>[_next.Length];
        _external = new Buffer<T>[plan.External.Length];
    }

    public Plan Plan { get; }

    /// <summary>Every rewrite that was used on the way from the computation to the plan.</summary>
    public Trace Trace { get; }

    /// <summary>The passes of rewriting, with the time that each took.</summary>
    public ImmutableArray<Pass> Passes { get; }

    /// <summary>Fills buffers that the caller holds; in a steady state nothing is allocated.</summary>
    /// <exception cref="ShapeException">An input or output has another shape than the computation says.</exception>
    /// <exception cref="ArgumentException">There are more or fewer buffers than inputs and outputs, or an output's buffer serves twice.</exception>
    public void Invoke(ReadOnlySpan<Buffer<T>> inputs, ReadOnlySpan<Buffer<T>> outputs)
    {
        lock (_store.Gate)
        {
            var binding = Prepare(inputs, outputs);
            _undoable = false;
            binding.Run(_external);
            Commit();
            _undoable = true;
        }
    }

    /// <summary>Binds the sizes and puts together all that is handed in.</summary>
    private IBinding<T> Prepare(ReadOnlySpan<Buffer<T>> inputs, ReadOnlySpan<Buffer<T>> outputs)
    {
        if (inputs.Length != _computation.Inputs.Length || outputs.Length != _computation.Outputs.Length)
            throw new ArgumentException($"the function takes {_computation.Inputs.Length} inputs and {_computation.Outputs.Length} outputs, not {inputs.Length} and {outputs.Length}");
        var binding = BindingFor(inputs);
        for (var i = 0; i < outputs.Length; i++)
        {
            if (!Fits(_computation.Outputs[i].Shape, outputs[i].Sizes))
                throw new ShapeException($"output {i} has the shape {_computation.Outputs[i].Shape}, its buffer {outputs[i].Shape}");
            if (IsAmong(outputs[i], inputs) || IsAmong(outputs[i], outputs[..i]))
                throw new ArgumentException($"the buffer of output {i} is an input's or another output's too: each output needs its own");
        }
        var at = 0;
        foreach (var input in inputs) _external[at++] = input;
        foreach (var variable in _variables) _external[at++] = _store.Find(variable);
        foreach (var output in outputs) _external[at++] = output;
        foreach (var next in _next) _external[at++] = next;
        return binding;
    }

    /// <summary>The same from tensors to new tensors.</summary>
    /// <exception cref="ShapeException">An input has another shape than the computation says.</exception>
    public ImmutableArray<Tensor<T>> Invoke(params ReadOnlySpan<Tensor<T>> inputs)
    {
        var given = new Buffer<T>[inputs.Length];
        for (var i = 0; i < given.Length; i++) given[i] = new Buffer<T>(inputs[i]);
        RequireInputs(given.Length);
        Buffer<T>[] results;
        lock (_store.Gate)
        {
            BindingFor(given);
            results = [.. _computation.Outputs.Select(o => new Buffer<T>(o.Shape.Evaluate(_sizes)))];
        }
        Invoke(given, results);
        ImmutableArray<Tensor<T>> outputs = [.. results.Select(r => r.ToTensor())];
        foreach (var buffer in given.Concat(results)) buffer.Dispose();
        return outputs;
    }

    private void RequireInputs(int count)
    {
        if (count != _computation.Inputs.Length)
            throw new ArgumentException($"the function takes {_computation.Inputs.Length} inputs, not {count}");
    }

    private IBinding<T> BindingFor(ReadOnlySpan<Buffer<T>> inputs)
    {
        var same = _binding is not null;
        for (var i = 0; same && i < inputs.Length; i++) same = inputs[i].Sizes.SequenceEqual(_boundInputs[i]);
        if (same) return _binding!;

        var sizes = new Dictionary<string, long>();
        for (var i = 0; i < inputs.Length; i++)
        {
            var shape = _computation.Inputs[i].Shape;
            for (var axis = 0; axis < Math.Min(shape.Rank, inputs[i].Sizes.Length); axis++)
                if (shape[axis].Name is { } name) sizes.TryAdd(name, inputs[i].Sizes[axis]);
        }
        _sizes = sizes;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!Fits(_computation.Inputs[i].Shape, inputs[i].Sizes))
                throw new ShapeException($"the input {Printer.Short(_computation.Inputs[i])} has the shape {_computation.Inputs[i].Shape}, the value given {inputs[i].Shape}");
            _boundInputs[i] = inputs[i].Sizes.ToArray();
        }
        var key = string.Join(",", sizes.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"));
        if (!_bindings.TryGetValue(key, out var binding))
        {
            // Each has memory of its own, so only the sizes met last are kept.
            if (_bindings.Count == MostBindings) _bindings.Remove(_bindings.GetAt(0).Key);
            IndexLimit.Check<T>(Plan, sizes);
            binding = _executable.Bind(sizes);
        }
        else _bindings.Remove(key);
        _bindings.Add(key, binding);
        return _binding = binding;
    }

    private static bool IsAmong(Buffer<T> buffer, ReadOnlySpan<Buffer<T>> others)
    {
        foreach (var other in others)
            if (other == buffer) return true;
        return false;
    }

    private bool Fits(Shape shape, ReadOnlySpan<int> sizes)
    {
        if (shape.Rank != sizes.Length) return false;
        for (var i = 0; i < sizes.Length; i++)
            if ((shape[i].Value ?? shape[i].Evaluate(_sizes)) != sizes[i]) return false;
        return true;
    }
}
