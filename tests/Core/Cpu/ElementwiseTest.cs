using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>Fused bodies over every length of a row, at every width of vectors, against the interpreter.</summary>
public class ElementwiseTest
{
    private static Tensor<double> Values(ulong key, params int[] sizes) =>
        Tensor<double>.Build(sizes, values => Philox.Normal(new Key(key), values)).Cast<float>().Cast<double>();

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Every_length_has_every_element(int bits)
    {
        foreach (var n in Enumerable.Range(0, 70).Concat([127, 128, 129, 1000, 16384, 16385, 40000]))
            Agree(bits, Values(1, n), Values(2, n), Values(3, 1));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Broadcasts_along_any_axes_are_read_in_place(int bits)
    {
        Agree(bits, Values(1, 5, 33), Values(2, 33), Values(3, 5, 1));
        Agree(bits, Values(1, 6, 1, 70), Values(2, 5, 1), Values(3, 6, 5, 70));
        Agree(bits, Values(1, 3, 2, 1, 3, 1), Values(2, 3, 2, 2, 3, 2), Values(3, 2, 1, 1, 1));
        Agree(bits, Values(1, 300, 1), Values(2, 1, 2), Values(3, 1, 1));
    }

    private static void Agree(int bits, params Tensor<double>[] values)
    {
        Expr[] v = [.. values.Select((t, i) => Expr.Variable($"v{i}", t.Shape))];
        Expr[] outputs = [(v[0] * v[1] + v[2]).Tanh() - 2.5 * v[0], (v[0] + v[1]).Exp().Log1p() / (1 + v[2].Square())];
        var given = v.Zip(values).ToList();
        var wanted = Oracle.Evaluate(outputs, given);
        Agree<double>(bits, outputs, given, wanted, 1e-14);
        Agree<float>(bits, outputs, given, wanted, 1e-6);
    }

    private static void Agree<T>(int bits, Expr[] outputs, List<(Expr, Tensor<double>)> given, IReadOnlyList<Tensor<double>> wanted, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var found = new Compiled<T>(new CpuBackend(1, (LaneWidth)bits)).Evaluate(outputs, given);
        for (var i = 0; i < outputs.Length; i++)
            Assert.Null(Golden.GoldenTest.Fault(found[i], wanted[i], tolerance, 1));
    }
}
