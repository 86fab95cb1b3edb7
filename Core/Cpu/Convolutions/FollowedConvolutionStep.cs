using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>
/// A convolution, or its input's gradient, with a fused body run over its elements: while they are in the cache where the batch lies along the
/// vectors, else in place, in a pass over what the convolution has left where the first result is wanted.
/// </summary>
internal sealed unsafe class FollowedConvolutionStep<V, T> : IBoundStep
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionGeometry _geometry;
    private readonly (int A, int B) _factors;
    private readonly bool _exchanged;
    private readonly BoundEpilogue<V, T> _epilogue;

    /// <param name="c">The convolution and the body, which reads it first.</param>
    /// <param name="left">The sizes of the first operand; then those of the second and of the convolution.</param>
    /// <param name="slots">The slots of the two factors, of what else is read, then of what is written.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <param name="width">The width of vectors.</param>
    public static IBoundStep Of(Routine.Convolution c, int[] left, int[] right, int[] target, int[] slots, int[][] sizes, LaneWidth width)
    {
        var body = c.Epilogue!;
        var (x, y) = c.Open == Leg.Output ? (left, target) : (target, left);
        var geometry = ConvolutionGeometry.Of(c.Form, x, right, y);
        int columns = target.Skip(1).Aggregate(1, (a, b) => checked(a * b));
        if ((c.Open == Leg.Output ? geometry : geometry.Exchange()) is { } g && !g.IsEmpty && columns >= V.Count && BatchConvolution<V, T>.Serves(g))
            return new FollowedConvolutionStep<V, T>(g, (slots[0], slots[1]), c.Open == Leg.Input, new(columns, body, slots[2..], sizes[2..]));
        int result = slots[2 + body.Reads - 1];
        return new SequenceStep(
            ConvolutionStep<T>.Of(c, left, right, target, slots[0], slots[1], result, width),
            ElementwiseStep<V, T>.Of(body, [result, .. slots[2..]], [sizes[^1], .. sizes[2..]]));
    }

    private FollowedConvolutionStep(ConvolutionGeometry geometry, (int, int) factors, bool exchanged, BoundEpilogue<V, T> epilogue) =>
        (_geometry, _factors, _exchanged, _epilogue) = (geometry, factors, exchanged, epilogue);

    public void Run(nint* slots, Workers workers)
    {
        var begins = stackalloc T*[_epilogue.Operands];
        lock (workers.Exclusive)
        {
            var epilogue = _epilogue.At(slots, begins, workers);
            BatchConvolution<V, T>.Run(_geometry, (T*)slots[_factors.A], (T*)slots[_factors.B], _exchanged, null, workers, &epilogue);
        }
        GC.KeepAlive(this);
    }
}
