using AutoDiffAE.Graph;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Optimizers;

public sealed class SchedulesTests
{
    /// <summary>The factors of the first steps, as steps of a parameter whose gradient is -1 and whose rate is 1.</summary>
    internal static double[] Factors(Schedule schedule, int steps, IBackend? backend = null)
    {
        var p = Expr.Variable("p");
        var recurrence = new Sgd(1).With(schedule).Of(-p, [p]);
        var store = new Store<double> { [p] = Tensor<double>.Scalar(0) };
        recurrence.Initialize(store);
        var step = Compiler.Compile(new Computation([], [], recurrence.Updates), store, backend);
        return [.. Enumerable.Range(0, steps).Select(_ =>
        {
            var before = store[p].Value;
            step.Invoke();
            return store[p].Value - before;
        })];
    }

    private static void Are(Func<int, double> expected, Schedule schedule, int steps = 40) => Near.All(Enumerable.Range(0, steps).Select(expected), Factors(schedule, steps), 1e-12);

    [Fact]
    public void Have_their_closed_forms()
    {
        Are(_ => 1, Schedules.Constant);
        Are(t => Math.Pow(0.5, t / 3), Schedules.Step(3, 0.5));
        Are(t => Math.Pow(0.01, t / 30.0), Schedules.Exponential(0.01, 30));
        Are(t => 0.1 + 0.45 * (1 + Math.Cos(Math.PI * Math.Min(t, 20) / 20)), Schedules.Cosine(20, 0.1));
        Are(t => t < 5 ? (t + 1) / 5.0 : Math.Pow(0.9, t - 5), Schedules.Warmup(5, Schedules.Exponential(0.9)));
        Are(t => t < 7 ? 1 : Math.Pow(0.9, t - 7), Schedules.Constant.Then(7, Schedules.Exponential(0.9)));
        Assert.Same(Schedules.Constant, Schedules.Warmup(0, Schedules.Constant));
    }

    /// <summary>What PyTorch 1.13 gives for StepLR(3, 0.5), ExponentialLR(0.9), CosineAnnealingLR(10, 0.1) and OneCycleLR(1, 10) of a rate of 1.</summary>
    [Fact]
    public void Are_those_of_PyTorch()
    {
        Near.All([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125], Factors(Schedules.Step(3, 0.5), 10), 1e-12);
        Near.All([1, 0.9, 0.81, 0.729, 0.6561, 0.59049, 0.531441, 0.4782969, 0.43046721, 0.387420489], Factors(Schedules.Exponential(0.9), 10), 1e-12);
        Near.All(
            [1, 0.9779754323328191, 0.9140576474687263, 0.8145033635316129, 0.6890576474687263, 0.55, 0.41094235253127376, 0.2854966364683872, 0.18594235253127372, 0.12202456766718092],
            Factors(Schedules.Cosine(10, 0.1), 10), 1e-12);
        Near.All(
            [0.04, 0.52, 1, 0.9504846320134737, 0.8117456539497631, 0.6112620219362893, 0.38874197806371075, 0.18825834605023697, 0.049519367986526286, 4e-06],
            Factors(Schedules.OneCycle(10), 10), 1e-12);
    }

    [Fact]
    public void Stay_at_their_last_value_beyond_their_end()
    {
        Assert.All(Factors(Schedules.Cosine(5, 0.25), 20)[5..], f => Assert.Equal(0.25, f, 1e-12));
        Assert.All(Factors(Schedules.OneCycle(5, end: 0.125), 20)[4..], f => Assert.Equal(0.125, f, 1e-12));
    }

    [Fact]
    public void By_name_last_as_long_as_the_training()
    {
        Near.All(Factors(Schedules.Cosine(9), 10).Select((f, t) => t == 0 ? 1.0 : f), Factors(Schedules.Named("cosine", 10, 1), 11)[1..], 1e-12);
        Near.All([1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01], Factors(Schedules.Named("step", 8), 8), 1e-12);
        Assert.Equal(0.01, Factors(Schedules.Named("exponential", 6), 7)[6], 1e-12);
        Assert.All(Factors(Schedules.Named("constant", 6), 7), f => Assert.Equal(1.0, f));
        var cycle = Factors(Schedules.Named("one-cycle", 10, 4), 10);
        Assert.Equal(1, cycle[4], 1e-12);
        Assert.Equal(4, cycle.Index().MaxBy(f => f.Item).Index);
        Assert.Contains("there are constant, step, exponential, cosine, one-cycle", Assert.Throws<ArgumentException>(() => Schedules.Named("linear", 5)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Named("cosine", 5, 5));
    }

    [Fact]
    public void That_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Step(0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Step(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Exponential(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Cosine(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Cosine(5, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Warmup(-1, Schedules.Constant));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.OneCycle(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.OneCycle(10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Constant.Then(0, Schedules.Constant));
    }

    public static TheoryData<string> Optimizers => [.. Optimizer.Names];

    /// <summary>A factor of ½ from the start is half of the rate, whatever the optimizer.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Scale_the_rate_of_every_optimizer(string name)
    {
        var rate = Optimizer.UsualRate(name);
        Near.All(Minimization.Of(Optimizer.Named(name, rate / 2), 12)[^1], Minimization.Of(Optimizer.Named(name, rate).With(_ => 0.5), 12)[^1], 1e-13);
    }

    [Fact]
    public void Leave_the_rate_itself_to_be_set()
    {
        var (_, store, recurrence, _) = Minimization.Run<double>(_ => new Adam(0.1).With(Schedules.Cosine(100)), 3, null);
        Assert.Equal(0.1, store[recurrence["learning_rate"]].Value);
        Assert.Equal(3, store[recurrence["steps"]].Value);
        Assert.Single(recurrence.State, s => s.Name == "steps");
    }

    /// <summary>Two schedules are one of the product of their factors, over one count of steps.</summary>
    [Fact]
    public void Multiply() => Near.All(
        Minimization.Of(new Sgd(0.1).With(Schedules.Exponential(0.81)), 9)[^1],
        Minimization.Of(new Sgd(0.1).With(Schedules.Exponential(0.9)).With(Schedules.Exponential(0.9)), 9)[^1], 1e-13);

    private sealed record Rateless : Optimizer
    {
        protected override Recurrence Step(System.Collections.Immutable.ImmutableArray<Expr> gradients, System.Collections.Immutable.ImmutableArray<Expr> parameters) =>
            new([.. gradients.Zip(parameters, (g, p) => new Update(p, p - g))], []);
    }

    [Fact]
    public void Need_a_rate() =>
        Assert.Contains("no variable learning_rate", Assert.Throws<ArgumentException>(() => Minimization.Of(new Rateless().With(Schedules.Constant), 1)).Message);
}
