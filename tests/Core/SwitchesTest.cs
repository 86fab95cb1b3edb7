using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Rewriting;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core;

/// <summary>
/// Whatever is switched off, the values are those of the graph: random graphs with their gradients, 1,000 of them or as many as AUTODIFFAE_GRAPHS
/// says. How far two computations may differ is no constant but follows from the graphs (<see cref="RunningError"/>). Let v be the value of the
/// unoptimised graph, E₀ its bound, w that of the rewritten graph and E₁ its bound. The rewritten graph has numbers that were computed from the
/// unoptimised one's, which is part of a computation of that; so in exact arithmetic its value is within E₀ of the exact one, and
/// |w - v| ≤ E₁ + E₀ + E₀.
/// </summary>
public sealed class SwitchesTest
{
    private static readonly int Count =
        (int.TryParse(Environment.GetEnvironmentVariable("AUTODIFFAE_GRAPHS"), out var count) ? count : 1000) / Case.Seeds.Length + 1;

    private static readonly CpuBackend Backend = new(1, LaneWidth.Widest);

    private static IEnumerable<CompileOptions> Choices(Draw d) =>
    [
        CompileOptions.Default,
        CompileOptions.Default with { Merge = false }, CompileOptions.Default with { Fuse = false }, CompileOptions.Default with { ReuseMemory = false },
        CompileOptions.Default with { InPlace = false }, CompileOptions.Default with { Specialize = false },
        new()
        {
            Without = [.. Rewriter.Rules.Select(r => r.Name).Where(_ => d.Coin())],
            Merge = d.Coin(), Fuse = d.Coin(), ReuseMemory = d.Coin(), InPlace = d.Coin(), Specialize = d.Coin(),
        },
    ];

    [Fact]
    public void All_of_them_together_or_alone_keep_what_is_finite()
    {
        var (elements, loose) = (0, 0);
        Case.ForAll(d =>
        {
            ImmutableArray<Expr> outputs = [.. GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator)];
            ImmutableArray<Expr> joint = [.. outputs, .. outputs.SelectMany(y => Tape.Of(y.Sum(), d.Inputs.Where(i => i.Varies).Select(i => i.Variable)).Results.OfType<Expr>())];
            var given = d.Inputs.Select(i => (i.Variable, i.Value)).ToList();
            ImmutableArray<Tensor<double>> Values(CompileOptions options) =>
                Compiler.Compile<double>(new Computation([.. d.Inputs.Select(i => i.Variable)], joint), backend: Backend, options: options).Invoke([.. d.Inputs.Select(i => i.Value)]);
            ImmutableArray<(Tensor<double> Value, Tensor<double> Error)> Bounds(CompileOptions options)
            {
                var roots = Rewriter.Rewrite(joint, options).Roots;
                var found = RunningError.Of(roots, given);
                return [.. roots.Select(r => found[r])];
            }

            var (plain, bounds) = (Values(CompileOptions.None), Bounds(CompileOptions.None));
            Within(CompileOptions.None, joint, [.. bounds.Select(b => b.Value)], plain, bounds, bounds);
            var standard = Bounds(CompileOptions.Default);
            foreach (var options in Choices(d))
            {
                var rewrites = options is { Merge: true, Specialize: true, Without.IsEmpty: true };
                Within(options, joint, plain, Values(options), bounds, rewrites ? standard : Bounds(options));
            }
            foreach (var (value, error) in bounds.Zip(standard).SelectMany(p => p.First.Value.Span.ToArray().Zip(p.First.Error.Span.ToArray().Zip(p.Second.Error.Span.ToArray(), (a, b) => a + b))))
            {
                Interlocked.Increment(ref elements);
                if (!(error <= 1e-9 * Math.Max(1, Math.Abs(value)))) Interlocked.Increment(ref loose);
            }
        }, Count);
        // A bound that says little is rare.
        Assert.InRange(loose, 0, elements / 10);
    }

    private static void Within(CompileOptions options, ImmutableArray<Expr> roots, ImmutableArray<Tensor<double>> expected, ImmutableArray<Tensor<double>> found,
        ImmutableArray<(Tensor<double> Value, Tensor<double> Error)> before, ImmutableArray<(Tensor<double> Value, Tensor<double> Error)> after)
    {
        for (var r = 0; r < roots.Length; r++)
            for (var i = 0; i < expected[r].Length; i++)
            {
                var (v, w, bound) = (expected[r].Span[i], found[r].Span[i], 2 * before[r].Error.Span[i] + after[r].Error.Span[i]);
                if (double.IsFinite(v) && double.IsFinite(bound) && !(Math.Abs(w - v) <= bound))
                    Assert.Fail($"element {i} of {roots[r]} is {w:R}, not {v:R}: {Math.Abs(w - v):G3} apart, {bound:G3} allowed, with {options}");
            }
    }
}
