using System.Numerics;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cpu;

internal static class ConvolutionStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static IBoundStep Of(Routine.Convolution c, int[] a, int[] b, int[] result, int from, int with, int to) => throw new InvalidOperationException($"{c}{a}{b}{result}{from}{with}{to}");
}
