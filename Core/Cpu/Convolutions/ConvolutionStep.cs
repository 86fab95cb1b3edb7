using System.Numerics;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

/// <summary>One leg of a convolution bound to sizes.</summary>
internal sealed unsafe class ConvolutionStep<T>(ConvolutionGeometry geometry, Leg open, int a, int b, int result, LaneWidth width) : IBoundStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="left">The sizes of the first operand; then those of the second and of the result.</param>
    public static ConvolutionStep<T> Of(Routine.Convolution c, int[] left, int[] right, int[] target, int a, int b, int result, LaneWidth width)
    {
        var (x, w, y) = c.Open switch
        {
            Leg.Output => (left, right, target),
            Leg.Input => (target, right, left),
            _ => (left, target, right),
        };
        return new(ConvolutionGeometry.Of(c.Form, x, w, y), c.Open, a, b, result, width);
    }

    public void Run(nint* slots, Workers workers)
    {
        var left = (T*)slots[a];
        var right = (T*)slots[b];
        var target = (T*)slots[result];
        switch (open)
        {
            case Leg.Output: Convolution.Output(geometry, left, right, target, workers, width); break;
            case Leg.Input: Convolution.Input(geometry, left, right, target, workers, width); break;
            default: Convolution.Kernel(geometry, left, right, target, workers, width); break;
        }
    }
}
