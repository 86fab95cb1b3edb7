using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// Batches gathered on a device from examples that live there: the examples are copied to it once, and for each pass its order and what its transforms
/// choose. Where a batch begins is counted on the device too, so that no batch waits for the host.
/// </summary>
internal sealed class ResidentBatches : IBatchSource
{
    /// <summary>float counts whole numbers up to 2²⁴.</summary>
    private const int MostExamples = 1 << 24;

    private static readonly CompileOptions Trusted = CompileOptions.Default with { CheckIndices = false };

    private readonly int _size;
    private readonly ChosenTransform? _transform;
    private readonly IBackend _backend;
    private readonly Store<float> _store = new();
    private readonly Expr _begin = Expr.Variable("begin");
    private readonly ImmutableArray<Expr> _inputs;
    private readonly Buffer<float>[] _resident;
    private readonly Dictionary<int, (Function<float> Gather, Buffer<float>[] Batch)> _gathered = [];
    private int _next;

    /// <summary>Whether all is small enough for the device, and what is done to a batch has a graph.</summary>
    public static bool Fit(ImmutableArray<Examples> data, BatchTransform? transform, IBackend backend) =>
        backend.BytesForExamples > 0 && transform is null or { Chosen: not null } && data[0].Count < MostExamples
        && sizeof(float) * (data.Sum(d => (long)d.Length) + data[0].Count * (1L + (transform?.Chosen!.Each ?? 0))) <= backend.BytesForExamples;

    public ResidentBatches(ImmutableArray<Examples> data, int size, ChosenTransform? transform, IBackend backend)
    {
        (_size, _transform, _backend, Count) = (size, transform, backend, Batches.Length(data));
        Buffer<float>[] examples = [.. data.Select(d => new Buffer<float>([.. d.Sizes]))];
        foreach (var (source, buffer) in data.Zip(examples)) source.Read(0, buffer.Span);
        _resident = [new(Count), new(Count, transform?.Each ?? 0), .. examples];
        _inputs = [Expr.Variable("order", Count), Expr.Variable("chosen", Count, transform?.Each ?? 0), .. data.Select((d, i) => Expr.Variable($"examples{i}", d.Shape))];
        _store[_begin] = Tensor<float>.Full(0);
    }

    private int Count { get; }

    public void Begin(int[] order, Key key)
    {
        var positions = _resident[0].Span;
        for (var i = 0; i < order.Length; i++) positions[i] = order[i];
        if (_transform is { } transform)
            for (var at = 0; at < Count; at += _size)
                transform.Draw(key.Fold((ulong)(at / _size)), Math.Min(_size, Count - at), _resident[1].Span.Slice(at * transform.Each, Math.Min(_size, Count - at) * transform.Each));
        if (_next != 0) _store[_begin] = Tensor<float>.Full(0);
        _next = 0;
    }

    public Buffer<float>[] Next()
    {
        var (gather, batch) = Gathered(Math.Min(_size, Count - _next));
        gather.Invoke(_resident, batch);
        _next = (_next + batch[0].Sizes[0]) % Count;
        return batch;
    }

    private (Function<float> Gather, Buffer<float>[] Batch) Gathered(int length) => _gathered.TryGetValue(length, out var known)
        ? known
        : _gathered[length] = (
            Compiler.Compile(GatherOf(length), _store, _backend, Trusted),
            [.. _resident[2..].Select(r => new Buffer<float>([length, .. r.Sizes[1..]]))]);

    private Computation GatherOf(int length)
    {
        var places = _begin + Formulas.Iota(length);
        var rows = _inputs[0].Take(places, 0);
        ImmutableArray<Expr> plain = [.. _inputs[2..].Select(e => e.Take(rows, 0))];
        var end = _begin + length;
        return new(
            _inputs,
            _transform is { } transform ? plain.SetItem(0, transform.Of(plain[0], _inputs[1].Take(places, 0))) : plain,
            [new(_begin, Formulas.Where(Formulas.Less(end, Count), end, 0))]);
    }
}
