using AutoDiffAE.Tensors;

namespace AutoDiffAE.Training;

/// <summary>
/// A compiled function of batches to one loss. Losses are read when they are asked for: a device may run some steps ahead of the host until then.
/// </summary>
/// <param name="ahead">How many losses may wait to be read.</param>
internal sealed class LossOver(Function<float> function, int ahead)
{
    private readonly Buffer<float>[][] _losses = [.. Enumerable.Range(0, ahead).Select(_ => new[] { new Buffer<float>() })];
    private int _waiting;

    /// <summary>The function itself.</summary>
    public Function<float> Function => function;

    /// <summary>Whether each loss is read before the next step.</summary>
    public bool IsInStep => _losses.Length == 1;

    /// <summary>Whether the losses have to be read before the next step.</summary>
    public bool IsFull => _waiting == _losses.Length;

    /// <summary>The losses since the last time, in their order.</summary>
    public IReadOnlyList<float> Read()
    {
        var losses = _losses[.._waiting].Select(l => l[0].Values[0]).ToList();
        _waiting = 0;
        return losses;
    }

    /// <summary>Starts a step; its loss waits.</summary>
    public void Start(ReadOnlySpan<Buffer<float>> batch) => function.Invoke(batch, _losses[_waiting++]);
}
