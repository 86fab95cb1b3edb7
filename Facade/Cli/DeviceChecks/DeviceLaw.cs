using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Checking;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Cli;

/// <summary>An expression and its gradients on a device: against the processor, and by the laws that gradients obey, from values that the device computed.</summary>
/// <param name="Single">The largest difference in float32 of a value or gradient from the processor's, against the largest number of that tensor.</param>
/// <param name="Double">The same in float64.</param>
/// <param name="Fault">The law that does not hold; null where all do.</param>
internal sealed record DeviceLaw(string Expression, double Single, double Double, GradientFault? Fault)
{
    private const double SingleBound = 2e-5, DoubleBound = 1e-12;

    public bool Holds => Fault is null && Single <= SingleBound && Double <= DoubleBound;

    public static DeviceLaw Of(string text, IEnumerable<string> shapes, IBackend device)
    {
        var point = RandomPoint.Of(text, DeclaredShape.Parse("--shape", [.. shapes]), 1);
        ImmutableArray<Expr> variables = [.. point.Values.Select(v => v.Variable)];
        var tape = Tape.Of(point.Y, variables, seed: Expr.Variable("u", point.Y.Shape));
        ImmutableArray<Expr> connected = [.. variables.Where((_, i) => tape.Results[i] is not null)];
        var computation = new Computation(variables, [point.Y, .. connected.IsEmpty ? [] : Gradient.Of(point.Y.Sum(), connected)]);
        return new(
            text,
            Apart<float>(computation, point, device),
            Apart<double>(computation, point, device),
            connected.IsEmpty ? null : GradientCheck.Of(point.Y, connected, point.Values, backend: device).Faults.FirstOrDefault());
    }

    private static double Apart<T>(Computation computation, CheckPoint point, IBackend device) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImmutableArray<Tensor<T>> On(IBackend backend) => Compiler.Compile<T>(computation, backend: backend).Invoke([.. point.Values.Select(v => v.Value.Cast<T>())]);
        return On(device).Zip(On(new CpuBackend(1)), Apart).Max();
    }

    private static double Apart<T>(Tensor<T> a, Tensor<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (apart, scale) = (0.0, 1.0);
        for (var i = 0; i < a.Length; i++)
            (apart, scale) = (Math.Max(apart, double.CreateTruncating(T.Abs(a.Span[i] - b.Span[i]))), Math.Max(scale, double.CreateTruncating(T.Abs(b.Span[i]))));
        return apart / scale;
    }
}
