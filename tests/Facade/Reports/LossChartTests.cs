using System.Globalization;
using System.Xml.Linq;
using AutoDiffAE.Reports;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Reports;

public sealed class LossChartTests
{
    private static History Of(params (double Train, double Validation)[] errors) =>
        new([.. errors.Select((e, i) => new EpochRecord(i + 1, e.Train, e.Validation, 1))]);

    private static XElement[] Elements(string svg, string name, string cssClass) =>
        [.. XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == name && ((string?)e.Attribute("class") ?? "").Split(' ').Contains(cssClass))];

    private static (double X, double Y)[] Points(XElement line) =>
    [
        .. ((string)line.Attribute("points")!).Split(' ').Select(p => p.Split(','))
            .Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture))),
    ];

    private static string[] Words(string svg) => [.. XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lines_run_over_the_epochs_and_fall_with_the_error(bool logarithmic)
    {
        var svg = LossChart.Svg(Of((0.4, 0.2), (0.2, 0.1), (0.1, 0.09)), logarithmic: logarithmic);
        var train = Points(Elements(svg, "polyline", "train").Single());
        var validation = Points(Elements(svg, "polyline", "validation").Single());
        Assert.Equal(3, train.Length);
        Assert.True(train[0].X < train[1].X && train[0].Y < train[1].Y && train[1].Y < train[2].Y);
        Assert.Equal(train[1].Y, validation[0].Y, 2);
        if (logarithmic) Assert.Equal(train[1].Y - train[0].Y, train[2].Y - train[1].Y, 0.02);
        else Assert.Equal((train[1].Y - train[0].Y) / 2, train[2].Y - train[1].Y, 0.02);
    }

    [Fact]
    public void Says_what_it_shows()
    {
        var svg = LossChart.Svg(Of((0.4, 0.2), (0.2, 0.0856), (0.1, 0.09)), "Digits & <blobs>");
        Assert.Equal(["Digits & <blobs>", "epoch", "error (log scale)", "train", "validation", "best 0.0856, epoch 2"],
            new[] { "Digits & <blobs>", "epoch", "error (log scale)", "train", "validation", "best 0.0856, epoch 2" }.Intersect(Words(svg)));
        var best = Elements(svg, "circle", "best")[0];
        Assert.Equal(Points(Elements(svg, "polyline", "validation").Single())[1], ((double)best.Attribute("cx")!, (double)best.Attribute("cy")!));
        Assert.Contains("prefers-color-scheme: dark", svg);
        Assert.DoesNotContain("href", svg);
    }

    [Fact]
    public void What_is_not_finite_is_left_out()
    {
        var svg = LossChart.Svg(Of((1, 1), (2, 2), (double.NaN, 3), (4, 4), (5, double.PositiveInfinity), (6, double.NaN)));
        Assert.Equal([2, 3], Elements(svg, "polyline", "train").Select(line => Points(line).Length));
        Assert.Equal([4], Elements(svg, "polyline", "validation").Select(line => Points(line).Length));
        Assert.DoesNotContain("NaN", svg);
        Assert.DoesNotContain("∞", svg);
        Assert.DoesNotContain("Infinity", svg);
    }

    public static TheoryData<History> Odd => [History.Empty, Of((0.4, 0.2)), Of((double.NaN, double.NaN)), Of((0, 0)), Of((1, 1), (1, 1)), Of((-1, 2)), Of((-1, -1)), Of((1e-300, 1e300)), Of((1e-9, 1.0000001e-9))];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Odd_histories_still_give_a_chart_within_its_frame(History history)
    {
        foreach (var svg in new[] { LossChart.Svg(history), LossChart.Svg(history, logarithmic: false) })
        {
            Assert.DoesNotContain("NaN", svg);
            Assert.All(XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "circle"), c =>
            {
                Assert.InRange((double)c.Attribute("cx")!, 0, 720);
                Assert.InRange((double)c.Attribute("cy")!, 0, 420);
            });
            Assert.InRange(Elements(svg, "line", "grid").Length, 1, 12);
        }
    }

    [Fact]
    public void Numbers_do_not_follow_the_culture_of_the_machine()
    {
        var history = Of((0.4, 0.2), (0.2, 0.1));
        var (before, invariant) = (CultureInfo.CurrentCulture, LossChart.Svg(history));
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal(invariant, LossChart.Svg(history));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0, 0.437, 8, new[] { 0, 0.1, 0.2, 0.3, 0.4 })]
    [InlineData(1, 20, 6, new double[] { 5, 10, 15, 20 })]
    public void Ticks_are_round(double low, double high, int most, double[] expected) => Assert.Equal(expected, Ticks.Linear(low, high, most));

    [Theory]
    [InlineData(0.08, 0.45, new[] { 0.08, 0.1, 0.15, 0.2, 0.3, 0.4 })]
    [InlineData(0.001, 1000, new[] { 0.001, 0.01, 0.1, 1, 10, 100, 1000 })]
    [InlineData(0.09, 0.2, new[] { 0.09, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2 })]
    public void Logarithmic_ticks_are_round(double low, double high, double[] expected) => Assert.Equal(expected, Ticks.Logarithmic(low, high, 9));
}
