using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>Products and convolutions in groups that share memory, as CUDA runs them: on OpenCL here, whose barriers a processor does not mind.</summary>
public sealed class TiledProductTest
{
    [DeviceTheory("OpenCL")]
    [InlineData(1, 1, 1)]
    [InlineData(64, 16, 64)]
    [InlineData(65, 17, 130)]
    [InlineData(40, 1000, 9)]
    public void Tiles_of_any_fill_have_the_processors_values(int rows, int terms, int columns)
    {
        var shared = Accelerators.Apart("OpenCL", shares: true);
        var (a, b) = (Expr.Variable("a", rows, terms), Expr.Variable("b", terms, columns));
        var (x, w) = (Expr.Variable("x", 2, 3, 11, 9), Expr.Variable("w", 5, 3, 3, 2));
        var y = x.Convolve(w, [new(2, 1, 1, 0), new(1, 2, 0, 1)]);
        Computation[] all =
        [
            new([a, b], [a.MatMul(b), a.Transpose().MatMul(a.MatMul(b))]),
            new([x, w], [y, .. Gradient.Of(y.Square().Sum(), [x, w])]),
        ];
        foreach (var computation in all)
        {
            Tensor<double>[] values = [.. computation.Inputs.Select((v, i) => Tensor<double>.Build([.. v.Shape.Select(d => (int)d.Value!)], t => Philox.Normal(new Key((ulong)i), t)))];
            var found = Compiler.Compile<double>(computation, backend: shared).Invoke(values);
            foreach (var (f, e) in found.Zip(Compiler.Compile<double>(computation, backend: CpuBackend.Shared).Invoke(values)))
                Assert.Null(Golden.GoldenTest.Fault(f, e, 1e-13));
        }
    }
}
