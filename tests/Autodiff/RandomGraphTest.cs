using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Tests.Core.Graph.Language;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff;

/// <summary>
/// Graphs made of all operations: 1,000 of them, or as many as the environment variable AUTODIFFAE_GRAPHS says. A seed has a share, and each graph
/// stands before each law.
/// </summary>
public sealed class RandomGraphTest
{
    private static readonly int Count =
        (int.TryParse(Environment.GetEnvironmentVariable("AUTODIFFAE_GRAPHS"), out var count) ? count : 1000) / Case.Seeds.Length + 1;

    private static void ForAll(Action<Sample, LawOptions> law, bool smooth = true)
    {
        var skipped = 0;
        var options = Oracle.Options with { SkipKinks = true, Skipped = () => Interlocked.Increment(ref skipped) };
        Case.ForAll(c => Sample.Of(c, d => GraphDraw.Graph(d, smooth, options.Evaluator)), new Shrinking(options.Evaluator).Smaller, s => law(s, options),
            Count);
        // Graphs keep away from kinks, so that differences nearly always decide.
        Assert.InRange(skipped, 0, Count * Case.Seeds.Length / 20);
    }

    [Fact]
    public void Their_gradients_are_what_differences_say() => ForAll(Law.Gradient.Check);

    [Fact]
    public void Their_second_derivatives_are_what_differences_say() => ForAll(Law.Second.Check);

    [Fact]
    public void They_are_pushed_forward_as_they_are_pulled_back() => ForAll(Law.Forward.Check);

    [Fact]
    public void What_is_printed_parses_to_the_same_graph() => ForAll((s, _) =>
    {
        foreach (var y in s.Outputs) RoundTripTest.HoldsWithGradients(y, s.Wrt.Select(i => i.Variable));
    }, smooth: false);

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void They_and_their_gradients_compile_to_their_meaning_at_vectors_of(int bits)
    {
        var backend = new CpuBackend(2, (LaneWidth)bits);
        ForAll((s, o) => AgreementLaw.Holds(s, o, new Compiled<double>(backend), 1e-12));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void They_do_in_single_precision_at_vectors_of(int bits)
    {
        var backend = new CpuBackend(2, (LaneWidth)bits);
        ForAll((s, o) => AgreementLaw.Holds(s, o, new Compiled<float>(backend), 2e-5));
    }

    [Fact]
    public void Every_operation_grows_in_some_of_them()
    {
        var grown = new HashSet<string>();
        foreach (var seed in Enumerable.Range(0, 1000))
            foreach (var y in Sample.Of(new Case(seed, 1 + seed % 4), d => GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator)).Outputs)
                grown.UnionWith(Traversal.Topological([y]).Select(e => e.Op is Op.Map m ? m.Name : e.Op.GetType().Name));
        var known = ScalarSamplers.Functions.Select(f => f.Name).Concat(typeof(Op).GetNestedTypes()
            .Where(t => t.IsSubclassOf(typeof(Op)) && t != typeof(Op.Map)).Select(t => t.Name));
        Assert.Empty(known.Except(grown));
    }
}
