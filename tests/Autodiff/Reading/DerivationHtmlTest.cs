using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using AutoDiffAE.Reading;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

public sealed class DerivationHtmlTest
{
    private static XElement Page(Derivation derivation, Valuation? valuation = null)
    {
        var html = string.Join("\n", DerivationHtml.Lines(derivation, valuation));
        Assert.DoesNotMatch(new Regex(@"https?:|//\w+\.\w|@import|\bsrc=|url\((?!#)", RegexOptions.IgnoreCase), html);
        return XDocument.Parse(html).Root!;
    }

    private static XElement ById(XElement page, string id) => Assert.Single(page.DescendantsAndSelf(), e => (string?)e.Attribute("id") == id);

    private static JsonElement Data(XElement page) => JsonDocument.Parse(ById(page, "data").Value).RootElement;

    [Fact]
    public void The_page_of_every_operation_is_well_formed_and_has_an_entry_for_each_node()
    {
        foreach (var sampler in ScalarSamplers.All.Concat(OpSamplers.All)) Holds(Sample.Of(new Case(1, 3), d => [sampler.Build(d)]));
    }

    [Fact]
    public void So_is_that_of_random_graphs()
    {
        foreach (var seed in Enumerable.Range(0, 40)) Holds(ValuationTest.Smooth(seed));
    }

    private static void Holds(Sample sample)
    {
        var (derivation, valuation) = ValuationTest.Of(sample);
        var page = Page(derivation, valuation);
        var ids = page.DescendantsAndSelf().Select(e => (string?)e.Attribute("id")).Where(id => id is not null).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants("a").Select(a => (string)a.Attribute("href")!), link => Assert.Contains(link[1..], ids));

        var nodes = Data(page).GetProperty("nodes").EnumerateArray().ToDictionary(n => n[0].GetString()!, n => n);
        Assert.Equal(derivation.Names.Values.Order(StringComparer.Ordinal), nodes.Keys.Order(StringComparer.Ordinal));
        var names = nodes.Keys.ToList();
        foreach (var (node, name) in derivation.Names)
        {
            var entry = nodes[name];
            Assert.Equal($"{node.Shape}", entry[2].GetString());
            Assert.Equal(node.Args.Where(derivation.Names.ContainsKey).Select(a => derivation.Names[a]).ToHashSet(), entry[3].EnumerateArray().Select(a => names[a.GetInt32()]).ToHashSet());
            Assert.Equal(derivation.Cotangents.GetValueOrDefault(node), entry[5].GetString());
            Same(valuation.Nodes[node].Value, entry[6]);
            if (valuation.Nodes[node].Cotangent is { } cotangent) Same(cotangent, entry[7]);
            Assert.Equal(valuation.Nodes[node].Differences.Select(d => d.Element), entry[8].EnumerateArray().Select(d => d[0].GetInt32()));
            // It is drawn in both graphs, and can be reached by keyboard where there is something to say.
            var id = names.IndexOf(name);
            Assert.Equal("0", (string?)ById(page, $"v-{id}").Attribute("tabindex"));
            if (derivation.Cotangents.ContainsKey(node)) Assert.Contains(derivation.Cotangents[node], (string)ById(page, $"c-{id}").Attribute("aria-label")!, StringComparison.Ordinal);
            else Assert.Single(page.Descendants(), e => (string?)e.Attribute("data-ghost") == $"{id}");
            if (node.Op is not Op.Variable) ById(page, $"value-{id}");
        }
        for (var i = 1; i <= derivation.Steps.Length; i++) Assert.Contains(derivation.Steps[i - 1].Statement, ById(page, $"step-{i}").Value, StringComparison.Ordinal);
        Assert.Equal(derivation.Gradients.Select(g => g.Formula), page.Descendants("pre").Select(p => p.Value));
    }

    /// <summary>A tensor as the page has it: whole and exact, or its first elements and its range.</summary>
    private static void Same(Tensor<double> expected, JsonElement found)
    {
        Assert.Equal(expected.Sizes.ToArray(), found[0].EnumerateArray().Select(s => s.GetInt32()));
        double[] values = [.. found[1].EnumerateArray().Select(Number)], all = expected.Span.ToArray();
        Assert.Equal(found.GetArrayLength() == 2 ? all : all[..values.Length], values);
        if (found.GetArrayLength() > 2) Assert.Equal((all.Min(), all.Max()), (Number(found[2]), Number(found[3])));
        else Assert.Equal(all.Length, values.Length);
    }

    private static double Number(JsonElement e) => e.ValueKind == JsonValueKind.Number ? e.GetDouble() : e.GetString() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => double.NegativeInfinity };

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("a\" onload='x' & ]]> <!-- b")]
    [InlineData("tab\tand \u0001 and \uFFFE")]
    [InlineData("größe_α𝒳")]
    public void Odd_names_are_text_wherever_they_stand(string name)
    {
        var x = Expr.Variable(name, 2);
        var derivation = Derivation.Of(x.Tanh().Named($"{name}!").Sum(), x);
        var page = Page(derivation, Valuation.Of(derivation, [(x, Tensor<double>.Of([1.0, 2.0], 2))], [$"{name}: given"]));
        Assert.Equal(2, page.Descendants("script").Count());
        Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Equal(derivation.Names.Values.Order(StringComparer.Ordinal), Data(page).GetProperty("nodes").EnumerateArray().Select(n => n[0].GetString()!).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("]]>", string.Join("\n", DerivationHtml.Lines(derivation)).Split("//<![CDATA[")[1].Replace("//]]></script>", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_values_says_what_the_derivation_says()
    {
        var x = Expr.Variable("x", "n");
        var page = Page(Derivation.Of((x * x).Sum(), x));
        Assert.All(Data(page).GetProperty("nodes").EnumerateArray(), n => Assert.Equal(6, n.GetArrayLength()));
        Assert.DoesNotContain(page.Descendants("section"), s => (string?)s.Attribute("class") == "source");
    }

    [Fact]
    public void What_is_no_finite_number_is_shown_as_such()
    {
        var x = Expr.Variable("x", 80);
        var derivation = Derivation.Of(Expr.Log(x).Sum(), x);
        var page = Page(derivation, Valuation.Of(derivation, [(x, Tensor<double>.Of(Enumerable.Range(0, 80).Select(i => (double)(i - 1)), 80))], []));
        var log = Data(page).GetProperty("nodes")[1];
        Assert.Equal(["nan", "-inf"], log[6][1].EnumerateArray().Take(2).Select(v => v.GetString()));
        Assert.Contains(page.Descendants("rect"), r => (string?)r.Attribute("class") == "x");
    }

    [Fact]
    public void A_large_graph_is_listed_by_its_data_alone()
    {
        var x = Expr.Variable("x");
        var y = x;
        for (var i = 0; i < 1500; i++) y = (y * 1.01).Tanh();
        var derivation = Derivation.Of(y, x);
        var lines = DerivationHtml.Lines(derivation, Valuation.Of(derivation, [(x, Tensor<double>.Scalar(0.5))], [])).ToList();
        var page = XDocument.Parse(string.Join("\n", lines)).Root!;
        Assert.Equal(3001, Data(page).GetProperty("nodes").GetArrayLength());
        Assert.Equal(3000, Data(page).GetProperty("steps").GetArrayLength());
        Assert.InRange(page.Descendants().Count(), 30, 150);
        Assert.InRange(lines.Sum(l => l.Length), 0, 400 * 3001);
    }

    [Fact]
    public void What_is_used_everywhere_is_named_where_it_is_used()
    {
        var (x, w) = (Expr.Variable("x", 3), Expr.Variable("w", 3));
        var y = x;
        for (var i = 0; i < 8; i++) y = (y * w).Tanh();
        var page = Page(Derivation.Of(y.Sum(), x, w));
        string[] Stubs(string kind) => [.. page.Descendants("svg").Single(s => (string?)s.Attribute("class") == kind).Descendants("g").Where(g => (string?)g.Attribute("class") == "edge stub").Select(g => g.Value)];
        Assert.Equal(Enumerable.Repeat("w", 7), Stubs("forward"));
        Assert.Equal(Enumerable.Repeat("dw", 7), Stubs("backward"));
    }
}
