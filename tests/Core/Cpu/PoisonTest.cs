using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using AutoDiffAE.Properties;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>Nothing live is ever overwritten: with all that is dead made NaN before each step, the results have the same bits.</summary>
public sealed class PoisonTest
{
    private static readonly CpuBackend Plain = new(1, LaneWidth.Widest), Poisoned = new(1, LaneWidth.Widest, Poison.Standard);

    private static ImmutableArray<Expr> Joint(Draw d)
    {
        ImmutableArray<Expr> outputs = [.. GraphDraw.Graph(d, smooth: false, Oracle.Options.Evaluator)];
        return [.. outputs, .. outputs.SelectMany(y => Tape.Of(y.Sum(), d.Inputs.Where(i => i.Varies).Select(i => i.Variable)).Results.OfType<Expr>())];
    }

    private static byte[] Bits(ImmutableArray<Expr> outputs, IReadOnlyList<Input> inputs, IBackend backend, CompileOptions options)
    {
        var function = Compiler.Compile<double>(new Computation([.. inputs.Select(i => i.Variable)], outputs), backend: backend, options: options);
        // The second run finds what the first one left.
        function.Invoke([.. inputs.Select(i => i.Value)]);
        return [.. function.Invoke([.. inputs.Select(i => i.Value)]).SelectMany(y => MemoryMarshal.AsBytes(y.Span).ToArray())];
    }

    [Fact]
    public void Random_graphs_with_their_gradients_are_computed_from_live_memory_only() => Case.ForAll(d =>
    {
        var joint = Joint(d);
        var options = CompileOptions.Default with { Fuse = d.Coin(), InPlace = d.Int(0, 3) > 0, ReuseMemory = d.Int(0, 7) > 0 };
        Assert.Equal(Bits(joint, d.Inputs, Plain, options), Bits(joint, d.Inputs, Poisoned, options));
    }, 110);

    /// <summary>Each value that is alive over more than a step, cut short by one in turn.</summary>
    [Fact]
    public void A_life_that_is_cut_short_by_one_step_is_found()
    {
        var (x, w) = (Expr.Variable("x", 5, 7), Expr.Variable("w", 7, 7));
        var y = Enumerable.Range(0, 3).Aggregate(x, (h, _) => (h.MatMul(w) + 1).Tanh()).Square().Sum();
        ImmutableArray<Expr> joint = [y, .. Gradient.Of(y, [x, w])];
        Input[] inputs = [.. new[] { x, w }.Select((v, i) => new Input(v, Tensor<double>.Build([v.Shape == x.Shape ? 5 : 7, 7], values => Philox.Normal(new Key((ulong)i), values))))];
        foreach (var options in (CompileOptions[])[CompileOptions.Default, CompileOptions.Default with { InPlace = false }])
        {
            var plain = Bits(joint, inputs, Plain, options);
            Assert.Equal(plain, Bits(joint, inputs, Poisoned, options));
            var lives = Liveness.Intervals(Compiler.Compile<double>(new Computation([x, w], joint), options: options).Plan);
            Assert.InRange(lives.Count, 5, 100);
            foreach (var (slot, (first, last)) in lives.Where(l => l.Value.First < l.Value.Last))
                Assert.NotEqual(plain, Bits(joint, inputs, new CpuBackend(1, LaneWidth.Widest, new Poison(
                    plan => Liveness.Intervals(plan).ToDictionary(l => l.Key, l => l.Key == slot ? (first, last - 1) : l.Value))), options));
        }
    }
}
