using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tracing;

namespace AutoDiffAE;

public sealed partial class Function<T>
{
    /// <summary>
    /// Finds the first node, in the order of computation, that makes a NaN or an infinity of finite numbers. The compiled function is run, and the graph node by node
    /// as it was written; where only the former has such numbers, the graph as it was rewritten too. Updates are computed and not committed.
    /// </summary>
    /// <param name="inputs">As in <see cref="Invoke(ReadOnlySpan{Buffer{T}}, ReadOnlySpan{Buffer{T}})"/>.</param>
    /// <returns>Null where all numbers are finite, those in between too; but infinite constants, of which nothing came to a result, do not count.</returns>
    /// <exception cref="Shapes.ShapeException">An input has another shape than the computation says.</exception>
    /// <exception cref="ArgumentException">There are more or fewer inputs than the computation has.</exception>
    public NonFiniteTrace? TraceNonFinite(params ReadOnlySpan<Buffer<T>> inputs)
    {
        RequireInputs(inputs.Length);
        lock (_store.Gate)
        {
            BindingFor(inputs);
            var outputs = _computation.Outputs.Select(o => new Buffer<T>(o.Shape.Evaluate(_sizes))).ToArray();
            try
            {
                var binding = Prepare(inputs, outputs);
                // The memory of the next values is written over.
                _undoable = false;
                binding.Run(_external);
                return Traced(inputs, [.. outputs.Concat(_next).Select(b => ValueRange.Of<T>(b.Values, b.Sizes.ToArray()))]);
            }
            finally
            {
                foreach (var output in outputs) output.Dispose();
            }
        }
    }

    /// <summary>The same of tensors.</summary>
    /// <exception cref="Shapes.ShapeException">An input has another shape than the computation says.</exception>
    /// <exception cref="ArgumentException">There are more or fewer inputs than the computation has.</exception>
    public NonFiniteTrace? TraceNonFinite(params ReadOnlySpan<Tensor<T>> inputs)
    {
        var given = new Buffer<T>[inputs.Length];
        for (var i = 0; i < given.Length; i++) given[i] = new Buffer<T>(inputs[i]);
        try
        {
            return TraceNonFinite(given);
        }
        finally
        {
            foreach (var buffer in given) buffer.Dispose();
        }
    }

    private NonFiniteTrace? Traced(ReadOnlySpan<Buffer<T>> inputs, ImmutableArray<ValueRange> compiled)
    {
        var given = _variables.ToDictionary(v => v, _store.Find);
        for (var i = 0; i < inputs.Length; i++) given[_computation.Inputs[i]] = inputs[i];
        var nodes = new NodeByNode<T>(_backend, _sizes);
        ImmutableArray<(Expr Root, Expr? Updated)> roots = [.. _computation.Outputs.Select(o => (o, (Expr?)null)), .. _computation.Updates.Select(u => (u.Next, (Expr?)u.Variable))];
        var (first, reaches, came, written) = SourceSearch<T>.Of(nodes, [.. roots.Select(r => r.Root)], given);
        ImmutableArray<TracedResult> results = [.. roots.Select((r, i) => new TracedResult(r.Root, r.Updated, written[i], compiled[i]))];
        ImmutableArray<string> laws = [.. Trace.Select(f => f.Rewrite.Name).Distinct()];
        if (reaches || compiled.All(r => r.IsFinite)) return first is null ? null : new(first, TracedGraph.AsWritten, reaches, came, results, laws);
        var rewritten = SourceSearch<T>.Of(nodes, _rewritten, given);
        return rewritten.Reaches
            ? new(rewritten.First, TracedGraph.Rewritten, true, came, results, laws)
            : new(null, TracedGraph.Planned, false, came, results, laws);
    }
}
