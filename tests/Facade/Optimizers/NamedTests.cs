using AutoDiffAE.Optimizers;
using Xunit;

namespace AutoDiffAE.Tests.Optimizers;

public sealed class NamedTests
{
    public static TheoryData<string> Names => [.. Optimizer.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_lowers_a_loss(string name)
    {
        // Of p₁ and p₂ alone: along p₃ the loss has no bottom.
        double Loss(double[] p) => p[0] * p[0] + 0.5 * p[1] * p[1];
        var path = Minimization.Of(Optimizer.Named(name, name == "adadelta" ? 1 : 0.05), 200);
        Assert.InRange(Loss(path[^1]), 0, 0.6 * Loss(path[0]));
    }

    [Fact]
    public void The_list_is_Lasagnes_with_AdamW_and_Lion() =>
        Assert.Equal(["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw", "adamax", "amsgrad", "lion"], Optimizer.Names);

    [Fact]
    public void Options_reach_the_optimizer()
    {
        Assert.Equal(new Adam(0.003), Optimizer.Named("adam", 0.003));
        Assert.Equal(new Adam(), Optimizer.Named("adam"));
        Assert.Equal(new NesterovMomentum(0.01, 0.5), Optimizer.Named("nesterov", momentum: 0.5));
        Assert.Equal(new Momentum(0.01, 0.9), Optimizer.Named("momentum"));
        Assert.Equal(new AdamW(0.001, 0.01), Optimizer.Named("adamw"));
        Assert.Equal(new AdamW(0.001, 0.1), Optimizer.Named("adamw", weightDecay: 0.1));
        Assert.Equal(new Lion(0.0001, WeightDecay: 0.1), Optimizer.Named("lion", weightDecay: 0.1));
        Assert.NotEqual(new Sgd(), Optimizer.Named("sgd", weightDecay: 0.1));
    }

    [Fact]
    public void Others_are_refused()
    {
        Assert.StartsWith("there is no optimizer adm, there are sgd, momentum,", Assert.Throws<ArgumentException>(() => Optimizer.Named("adm")).Message);
        Assert.Equal("adam has no momentum; momentum and nesterov have one", Assert.Throws<ArgumentException>(() => Optimizer.Named("adam", momentum: 0.9)).Message);
    }
}
