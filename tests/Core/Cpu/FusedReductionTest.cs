using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>Reductions fused with what is reduced: over all kinds of axes, at every width of vectors, against the same graph not fused.</summary>
public class FusedReductionTest
{
    private static Tensor<double> Values(ulong key, params int[] sizes) =>
        Tensor<double>.Build(sizes, values => Philox.Normal(new Key(key), values)).Cast<float>().Cast<double>();

    private static readonly (int[] Sizes, int[] Axes)[] Cases =
    [
        ([4, 3, 7, 7], [0, 2, 3]), ([4, 3, 16, 16], [0, 2, 3]), ([3, 5, 49], [0, 2]), ([1000], [0]), ([100003], [0]), ([300, 401], [1]), ([300, 401], [0]),
        ([7, 2049], [1]), ([7, 2051], [0]), ([2000, 53], [0]), ([5, 6, 7, 8], [0, 1, 2, 3]), ([3, 4, 5, 97], [0, 2]), ([3, 4, 5, 97], [1, 3]), ([1, 600, 1], [1]),
        ([600, 1], [1]), ([40, 10], [1]), ([40, 1, 60], [1]), ([0, 700], [0]), ([700, 0], [1]), ([3, 65536], [1]), ([70000, 64], [0]),
    ];

    /// <summary>A sum with a broadcast along the kept axes, one beside it, the value itself and a maximum.</summary>
    private static Expr[] Outputs(Expr x, Expr y, Expr kept, int[] axes)
    {
        var value = x * 1.5 - y;
        var scaled = (value + kept.BroadcastTo(x.Shape)).Square();
        return x.Shape.Size.Value > 0
            ? [scaled.Sum(axes), value, (x * y).Sum(axes), Expr.Of(new Op.Maximum(Axes.Normalized(x.Shape, axes), TieRule.Share), value)]
            : [scaled.Sum(axes), value, (x * y).Sum(axes)];
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Every_layout_has_the_values_of_separate_steps(int bits)
    {
        foreach (var (sizes, axes) in Cases)
        {
            Tensor<double>[] values = [Values(1, sizes), Values(2, sizes), Values(3, [.. sizes.Select((n, i) => axes.Contains(i) ? 1 : n)])];
            Expr[] v = [.. values.Select((t, i) => Expr.Variable($"v{i}", t.Shape))];
            var roots = Rewriter.Rewrite([.. Outputs(v[0], v[1], v[2], axes)]).Roots;
            var (fused, separate) = (Planner.Plan([.. v], [], roots), Planner.Plan([.. v], [], roots, CompileOptions.Default with { Fuse = false }));
            Assert.Equal(values[0].Span.Length >= 512, fused.Steps.Any(s => s.Routine is Routine.Reduction));
            var wanted = PlanRun.Of<double>(separate, values, new CpuBackend(1, (LaneWidth)bits));
            Near(PlanRun.Of<double>(fused, values, new CpuBackend(1, (LaneWidth)bits)), wanted, 1e-13, values[0].Span.Length, $"({string.Join(", ", sizes)}) over {string.Join(", ", axes)}");
            var single = PlanRun.Of<float>(fused, values, new CpuBackend(1, (LaneWidth)bits));
            Near(single, wanted, 2e-6, values[0].Span.Length, $"floats ({string.Join(", ", sizes)}) over {string.Join(", ", axes)}");
            Assert.All(single.Zip(PlanRun.Of<float>(fused, values, new CpuBackend(3, (LaneWidth)bits))), p => Assert.Equal(p.First, p.Second));
        }
    }

    [Fact]
    public void Nothing_sums_to_zero()
    {
        var x = Expr.Variable("x", "n", "m");
        Expr[] sums = [x.Square().Sum([0]), x.Square().Sum([1]), x.Square().Sum()];
        foreach (var sum in sums)
        {
            var function = Compiler.Compile<float>(new Computation([x], [sum]));
            Assert.Contains(function.Plan.Steps, s => s.Routine is Routine.Reduction);
            Assert.All(function.Invoke(Tensor<float>.Full(1, 0, 3))[0].Span.ToArray(), v => Assert.Equal(0, v));
            Assert.All(function.Invoke(Tensor<float>.Full(1, 3, 0))[0].Span.ToArray(), v => Assert.Equal(0, v));
            Assert.All(function.Invoke(Tensor<float>.Full(2, 60, 1))[0].Span.ToArray(), v => Assert.Equal(4 * 60 / (sum.Shape == sums[0].Shape ? 1 : sum.Rank == 0 ? 1 : 60), v));
        }
    }

    [Fact]
    public void Not_a_number_and_infinity_come_through()
    {
        foreach (var at in (int[])[0, 17, 31, 511, 1002])
        {
            var x = Expr.Variable("x", 2, 1003);
            foreach (var special in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                var values = Tensor<double>.Build([2, 1003], v => { v.Fill(-0.0); v[at] = special; });
                var plan = Planner.Plan([x], [], [(x * 2).Sum([1]), Expr.Of(new Op.Maximum([1], TieRule.Share), x * 2)]);
                Assert.IsType<Routine.Reduction>(Assert.Single(plan.Steps).Routine);
                var found = PlanRun.Of<float>(plan, [values], CpuBackend.Shared);
                Assert.Equal([special, -0.0], found[0]);
                Assert.Equal([double.IsNegativeInfinity(special) ? -0.0 : special, -0.0], found[1]);
            }
        }
    }

    private static void Near(double[][] found, double[][] wanted, double tolerance, int terms, string what)
    {
        foreach (var (f, w) in found.Zip(wanted))
        {
            Assert.Equal(w.Length, f.Length);
            for (var i = 0; i < w.Length; i++)
                Assert.True(Math.Abs(f[i] - w[i]) <= tolerance * (Math.Abs(w[i]) + Math.Sqrt(terms)), $"{what} at {i}: {f[i]} in place of {w[i]}");
        }
    }
}
