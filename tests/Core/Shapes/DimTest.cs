using AutoDiffAE.Properties;
using AutoDiffAE.Shapes;
using Xunit;

namespace AutoDiffAE.Tests.Core.Shapes;

/// <summary>Lengths are polynomials: a commutative ring whose every law also holds of the numbers they evaluate to.</summary>
public sealed class DimTest
{
    private static readonly string[] Names = ["n", "m", "k"];

    private static Dim Polynomial(Draw d, int depth = 2) => depth == 0 || d.Int(0, 2) == 0
        ? d.Coin() ? d.Pick(Names) : d.Int(-3, 7)
        : d.Int(0, 4) switch
        {
            0 => Polynomial(d, depth - 1) - Polynomial(d, depth - 1),
            1 or 2 => Polynomial(d, depth - 1) * Polynomial(d, depth - 1),
            3 => Dim.FloorDivide(Polynomial(d, depth - 1), d.Int(1, 4)),
            _ => Polynomial(d, depth - 1) + Polynomial(d, depth - 1),
        };

    private static Dictionary<string, long> Sizes(Draw d) => Names.ToDictionary(n => n, _ => (long)d.Int(1, 9));

    [Fact]
    public void Addition_and_multiplication_make_a_ring() => Case.ForAll(draw =>
    {
        var (a, b, c) = (Polynomial(draw), Polynomial(draw), Polynomial(draw));
        Assert.Equal(a + b, b + a);
        Assert.Equal(a * b, b * a);
        Assert.Equal(a + (b + c), a + b + c);
        Assert.Equal(a * (b * c), a * b * c);
        Assert.Equal(a * (b + c), a * b + a * c);
        Assert.Equal(a, a + 0);
        Assert.Equal(a, a * 1);
        Assert.Equal((Dim)0, a * 0);
        Assert.Equal((Dim)0, a - a);
        Assert.Equal(a, -(-a));
    });

    [Fact]
    public void Evaluating_is_a_homomorphism() => Case.ForAll(draw =>
    {
        var (a, b, sizes) = (Polynomial(draw), Polynomial(draw), Sizes(draw));
        Assert.Equal(a.Evaluate(sizes) + b.Evaluate(sizes), (a + b).Evaluate(sizes));
        Assert.Equal(a.Evaluate(sizes) - b.Evaluate(sizes), (a - b).Evaluate(sizes));
        Assert.Equal(a.Evaluate(sizes) * b.Evaluate(sizes), (a * b).Evaluate(sizes));
    });

    [Fact]
    public void A_quotient_is_rounded_down_at_any_size() => Case.ForAll(draw =>
    {
        var (a, divisor, sizes) = (Polynomial(draw), draw.Int(1, 5), Sizes(draw));
        Assert.Equal((long)Math.Floor(a.Evaluate(sizes) / (double)divisor), Dim.FloorDivide(a, divisor).Evaluate(sizes));
    });

    [Fact]
    public void An_exact_quotient_undoes_a_product() => Case.ForAll(draw =>
    {
        var a = Polynomial(draw);
        Dim factor = draw.Pick<Dim>(2, 3, "n", (Dim)2 * "m", (Dim)"n" * "k");
        Assert.Equal(a, Dim.Divide(a * factor, factor));
        if (Dim.Divide(a, factor) is { } quotient) Assert.Equal(a, quotient * factor);
    });

    [Fact]
    public void What_is_decided_about_a_bound_is_true() => Case.ForAll(draw =>
    {
        var (a, bound, sizes) = (Polynomial(draw), draw.Int(-3, 5), Sizes(draw));
        if (a.AtLeast(bound) is { } decided) Assert.True(decided == a.Evaluate(sizes) >= bound, $"{a} at least {bound}");
    });

    [Fact]
    public void Equality_and_hash_follow_the_polynomial()
    {
        Dim n = "n";
        Assert.Equal((n + 1) * (n - 1), n * n - 1);
        Assert.Equal(((n + 1) * (n - 1)).GetHashCode(), (n * n - 1).GetHashCode());
        Assert.NotEqual(n, (Dim)"m");
        Assert.Equal("2*n-1", (n + n - 1).ToString());
        Assert.Equal("n", n.Name);
        Assert.Null((n + 0 * n + 1).Name);
        Assert.Throws<KeyNotFoundException>(() => n.Evaluate(new Dictionary<string, long>()));
    }
}
