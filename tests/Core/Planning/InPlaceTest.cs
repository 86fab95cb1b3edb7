using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Planning;

public sealed class InPlaceTest
{
    private static readonly CompileOptions Beside = CompileOptions.Default with { InPlace = false };

    private static Slot Temporary(int id, Shape shape, int? of = null) => new(id, shape, SlotRole.Temporary, of);

    private static Step Elementwise(int[] reads, params int[] writes) => new(new Routine.Elementwise(
        new Body(reads.Length, [new Instruction(AutoDiffAE.Scalars.ScalarFunction.Unary<AutoDiffAE.Scalars.Tanh>(), [new Operand.Read(0)])],
            writes.Select(_ => (Operand)new Operand.Result(0)).ToSequence())), [.. reads], [.. writes], "");

    private static Step Other(int[] reads, params int[] writes) => new(new Routine.Length(1), [.. reads], [.. writes], "");

    private static int?[] Places(ImmutableArray<Slot> slots, params Step[] steps) => [.. InPlace.Apply(new Plan(slots, [.. steps], [])).Slots.Select(s => s.Of)];

    private static readonly Shape N3 = Shape.Of("n", 3), Three = Shape.Of(3);

    [Fact]
    public void What_is_read_for_the_last_time_is_written_over() =>
        Assert.Equal([null, 0, 0], Places([Temporary(0, N3), Temporary(1, N3), Temporary(2, N3)], Other([], 0), Elementwise([0], 1), Elementwise([1], 2), Other([2])));

    [Fact]
    public void What_is_read_again_is_not() =>
        Assert.Equal([null, null], Places([Temporary(0, N3), Temporary(1, N3)], Other([], 0), Elementwise([0], 1), Other([0, 1])));

    [Fact]
    public void Nor_under_another_view() => Assert.Equal(
        [null, 0, null], Places([Temporary(0, N3), Temporary(1, Shape.Of(3, "n"), 0), Temporary(2, N3)], Other([], 0), Elementwise([0], 2), Other([1, 2])));

    [Fact]
    public void A_view_that_dies_is_written_over_in_its_shape() => Assert.Equal(
        [null, 0, 0, null], Places([Temporary(0, Shape.Of(3, "n")), Temporary(1, N3, 0), Temporary(2, N3), Temporary(3, N3)],
            Other([], 0), Elementwise([1], 2), Other([2], 3), Other([3])));

    [Fact]
    public void A_broadcast_is_not_nor_what_is_read_in_two_shapes()
    {
        Assert.Equal([null, null, null], Places([Temporary(0, Three), new(1, N3, SlotRole.External), Temporary(2, N3)], Other([], 0), Elementwise([1, 0], 2), Other([2])));
        Assert.Equal([null, 0, null], Places([Temporary(0, N3), Temporary(1, Shape.Of(1, "n", 3), 0), Temporary(2, N3)], Other([], 0), Elementwise([0, 1], 2), Other([2])));
    }

    [Fact]
    public void What_belongs_to_others_is_not_nor_does_another_routine()
    {
        Assert.Equal([null, null], Places([new(0, N3, SlotRole.External), Temporary(1, N3)], Elementwise([0], 1), Other([1])));
        Assert.Equal([null, null], Places([new(0, N3, SlotRole.Constant, null, Tensor<double>.Full(1, 1, 3)), Temporary(1, N3)], Elementwise([0], 1), Other([1])));
        Assert.Equal([null, null], Places([Temporary(0, N3), new(1, N3, SlotRole.External)], Other([], 0), Elementwise([0], 1)));
        Assert.Equal([null, null], Places([Temporary(0, N3), Temporary(1, N3)], Other([], 0), Other([0], 1), Other([1])));
    }

    [Fact]
    public void Two_results_are_written_over_two_arguments() => Assert.Equal(
        [null, null, 0, 1, null], Places([.. Enumerable.Range(0, 5).Select(i => Temporary(i, N3))], Other([], 0), Other([], 1), Elementwise([0, 1], 2, 3, 4), Other([2, 3, 4])));

    /// <summary>Chains of bodies that are not fused, whose every temporary has the same shape: at odd lengths the last vector of a row overlaps.</summary>
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Rows_of_every_length_have_the_same_bits_as_beside(int bits)
    {
        foreach (var n in Enumerable.Range(1, 70).Concat([127, 129, 255, 257, 1001, 16383, 16385, 33001])) Same(bits, [n], [n], []);
        foreach (var n in (int[])[1, 3, 7, 9, 17, 47, 49, 131]) Same(bits, [5, n], [5, 1], [n]);
        Same(bits, [3, 20001], [20001], [3, 1]);
        Same(bits, [2, 3, 2, 3, 5], [3, 1, 3, 1], [2, 1, 2, 1, 5]);
        Same(bits, [70, 1, 130], [130], [1, 1]);
    }

    private static void Same(int bits, int[] sizes, int[] second, int[] third)
    {
        Expr[] v = [.. new[] { sizes, second, third }.Select((s, i) => Expr.Variable($"v{i}", Shape.Of(s)))];
        var chain = Enumerable.Range(0, 4).Aggregate(v[0] * v[1], (h, i) => ((h + v[2]) * v[1]).Tanh() - 0.5 * h);
        var values = v.Select((x, i) => Tensor<double>.Build([.. x.Shape.Select(d => (int)d.Value!.Value)], at => Philox.Normal(new Key((ulong)i), at)).Cast<float>()).ToArray();
        (byte[] Bits, long Bytes) Run(CompileOptions options)
        {
            var function = Compiler.Compile<float>(new Computation([.. v], [chain]), backend: new CpuBackend(2, (LaneWidth)bits), options: options);
            return ([.. System.Runtime.InteropServices.MemoryMarshal.AsBytes(function.Invoke(values)[0].Span)], function.ArenaBytes);
        }
        var (over, beside) = (Run(CompileOptions.Default with { Fuse = false }), Run(Beside with { Fuse = false }));
        Assert.Equal(beside.Bits, over.Bits);
        Assert.InRange(over.Bytes, 64, beside.Bytes - 1);
        Assert.Equal(beside.Bits, Run(Beside).Bits);
    }

    [Fact]
    public void The_peak_is_known_before_the_run_and_each_switch_costs_memory()
    {
        var x = Expr.Variable("x", "n", 16);
        var y = Enumerable.Range(0, 6).Aggregate(x, (h, _) => (h - h.Max([1], keepDims: true)).Exp() / (1 + h.Sum([1], keepDims: true).Square())).Sum();
        long Bytes(CompileOptions options, int n)
        {
            var function = Compiler.Compile<float>(new Computation([x], [y, Gradient.Of(y, x)]), options: options);
            var peak = function.PeakBytes(new Dictionary<string, long> { ["n"] = n });
            Assert.Equal(0, function.ArenaBytes);
            function.Invoke(Tensor<float>.Full(0.5f, n, 16));
            Assert.Equal(peak, function.ArenaBytes);
            Assert.Contains(function.PlanLines(new Dictionary<string, long> { ["n"] = n }), l => l.Contains($" {peak} bytes of temporaries", StringComparison.Ordinal));
            return peak;
        }
        foreach (var n in (int[])[1, 10, 33])
        {
            var (all, beside, own) = (Bytes(CompileOptions.Default, n), Bytes(Beside, n), Bytes(CompileOptions.Default with { ReuseMemory = false }, n));
            Assert.True(all <= beside && beside < own, $"{all} {beside} {own}");
        }
    }

    [Fact]
    public void Without_reuse_each_temporary_has_its_own_place()
    {
        var x = Expr.Variable("x", 8);
        var y = Enumerable.Range(0, 5).Aggregate(x, (h, _) => h.Tanh()).Sum();
        Plan Plan(CompileOptions options) => Compiler.Compile<float>(new Computation([x], [y]), options: options).Plan;
        Assert.Equal(5 * 64, Liveness.Place(Plan(CompileOptions.None), new Dictionary<string, long>(), 4).Bytes);
        Assert.Equal(64, Liveness.Place(Plan(CompileOptions.None with { ReuseMemory = true, InPlace = true }), new Dictionary<string, long>(), 4).Bytes);
        Assert.Contains(PlanText.Lines(Plan(CompileOptions.Default with { Fuse = false }), new Dictionary<string, long>(), 4), l => l.Contains("in place of", StringComparison.Ordinal));
    }
}
