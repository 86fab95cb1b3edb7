using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Properties;
using AutoDiffAE.Reading;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Core.Graph.Language;

/// <summary>The law: a listing parses back to the same graph, and to the same text.</summary>
public sealed class ListingTest
{
    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    public static TheoryData<string> Names => [.. Samplers.Keys];

    private static Listing Holds(Listing listing)
    {
        var text = listing.ToString();
        var back = Listing.Parse(text, listing.Lines.Where(l => l.Kind == ListedKind.Input).ToDictionary(l => l.Name, l => l.Value));
        Assert.Equal(text, back.ToString());
        foreach (var (printed, parsed) in listing.Lines.Zip(back.Lines))
            Assert.True(SameGraph.Of(printed.Value, parsed.Value), $"{printed.Name} of\n{text}\nis another graph");
        return back;
    }

    private static void Holds(Sample sample)
    {
        var listing = DerivationListing.Of(Derivation.Of(Tape.Of(sample.Y.Sum(), sample.Wrt.Select(x => x.Variable))));
        var back = Holds(listing);
        List<(Expr, Tensor<double>)> given = [.. sample.Inputs.Select(i => (i.Variable, i.Value))];
        Expr[] before = [.. listing.Lines.Select(l => l.Value)], after = [.. back.Lines.Select(l => l.Value)];
        var expected = Oracle.EvaluateAll([.. before], given);
        var found = Oracle.EvaluateAll([.. after], given);
        foreach (var (a, b) in before.Zip(after)) Assert.Equal(expected[a].Span.ToArray(), found[b].Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void For_every_operation_and_its_gradients(string operation)
    {
        foreach (var seed in Enumerable.Range(0, 5)) Holds(Sample.Of(new Case(seed, 3), d => [Samplers[operation].Build(d)]));
    }

    [Fact]
    public void For_random_graphs()
    {
        foreach (var seed in Enumerable.Range(0, 100)) Holds(Sample.Of(new Case(seed, 1 + seed % 4), d => GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator)));
    }

    [Fact]
    public void A_layer_has_a_line_for_every_value()
    {
        var (x, w, b) = (Expr.Variable("x", "n", 3), Expr.Variable("w", 3, 40), Expr.Variable("b", 40));
        var h = (x.MatMul(w) + b).Tanh().Named("h");
        Assert.Equal("""
            input x : real[n,3]
            input w : real[3,40]
            input b : real[40]

            let %1 : real[n,40] = x @ w
            let %2 : real[n,40] = broadcast_to(b, (n, 40))
            let %3 : real[n,40] = %1 + %2
            let h : real[n,40] = tanh(%3)
            let %4 : real[n,40] = square(h)
            let %5 : real[] = sum(%4, axis=(0, 1))

            result cost : real[] = %5

            let %d5 : real[] = 1
            let %d4 : real[n,40] = broadcast_to(%d5, (n, 40))
            let %6 : real[n,40] = 2 * h
            let dh : real[n,40] = chain(%d4, %6)
            let %7 : real[n,40] = h * h
            let %8 : real[n,40] = 1 - %7
            let %d3 : real[n,40] = chain(dh, %8)
            let %d2 : real[n,40] = %d3
            let %d1 : real[n,40] = %d3
            let %9 : real[3,n] = permute(x, (1, 0))
            let %10 : real[3,40] = %9 @ %d3
            let %11 : real[40] = sum(%d3, axis=0)

            gradient w : real[3,40] = %10
            gradient b : real[40] = %11
            """.ReplaceLineEndings("\n"), DerivationListing.Of(Derivation.Of(h.Square().Sum(), w, b)).ToString());
    }

    [Fact]
    public void A_constant_is_printed_whole_and_a_function_is_stated_once()
    {
        var x = Expr.Variable("x", 100);
        Expr Twice(Expr e) => Definition.Apply("twice", [e], p => p[0] + p[0]);
        var text = Holds(Listing.Of([("y", Twice(x) * Expr.Constant(Tensor<double>.Full(0.5, [100])) + Twice(x.Sin()))])).ToString();
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
        Assert.Contains("let twice(", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input x : real[n,3]\nlet %1 : real[n,4] = tanh(x)", "%1 is stated to be real[n,4], and what is computed is real[n,3]")]
    [InlineData("input x : real[3]\nresult y : real[3] = %2", "%2 is not known here")]
    [InlineData("input x : int[3]", "a type, such as real[n,3], was expected, 'int' found")]
    [InlineData("x + 1", "input, let, result or gradient was expected")]
    [InlineData("input x : real[3] = 2", "the end of the line was expected")]
    public void What_is_no_listing_is_pointed_at(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<SyntaxException>(() => Listing.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_binding_may_state_its_shape_in_any_expression()
    {
        var x = new Dictionary<string, Expr> { ["x"] = Expr.Variable("x", "n", 3) };
        Assert.Equal("sum(x ** 2, axis=1)", Printer.Print(Parser.Parse("let h : real[n,3] = x ** 2; sum(h, axis=1)", x)));
        Assert.Contains("h is stated to be real[n], and what is computed is real[n,3]", Assert.Throws<SyntaxException>(() => Parser.Parse("let h : real[n] = x ** 2; h", x)).Message, StringComparison.Ordinal);
    }
}
