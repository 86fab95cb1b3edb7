using AutoDiffAE.Graph;
using AutoDiffAE.Planning;
using Xunit;

namespace AutoDiffAE.Tests.Core.Planning;

public sealed class PlanTextTest
{
    private static readonly Expr X = Expr.Variable("x", "n", 3), W = Expr.Variable("w", 3, 4);

    private static string[] Lines(params Expr[] outputs) => [.. PlanText.Lines(
        Compiler.Compile<float>(new Computation([X, W], [.. outputs])).Plan, new Dictionary<string, long> { ["n"] = 2 }, 4)];

    [Fact]
    public void Slots_say_where_they_are_and_steps_what_they_do()
    {
        var lines = Lines(X.MatMul(W).Sum([1]), X.Tanh() + 1);
        Assert.Equal("5 slots, 64 bytes of temporaries", lines[0]);
        Assert.Contains(lines, l => l.Contains("external 0", StringComparison.Ordinal) && l.Contains("24 bytes  (2, 3)", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("temporary at 0", StringComparison.Ordinal) && l.Contains("32 bytes  (2, 4)", StringComparison.Ordinal));
        Assert.Equal("3 steps", lines[6]);
        Assert.Contains(lines, l => l.Contains("product: 0 1 -> 4; matmul(x, w) [PlanTextTest.cs:", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Trim() == "t0 = tanh(r0); t1 = add(t0, 1) -> t1");
        Assert.Contains(lines, l => l.Trim() == "Sum { Axes = (1) }");
    }

    [Fact]
    public void A_plan_without_steps_has_its_slots() => Assert.Equal("0 steps", Lines()[^1]);
}
