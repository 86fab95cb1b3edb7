using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Optimizers;

public sealed class WrappersTests
{
    private static readonly Expr A = Expr.Variable("a", 2, 3), B = Expr.Variable("b", 4);

    /// <summary>The gradients that a rule makes of some, as vectors.</summary>
    private static double[][] Ruled(GradientRule rule, double[] a, double[] b) => [.. Oracle.Evaluate(
        rule([Expr.Constant(Tensor<double>.Of(a, 2, 3)), Expr.Constant(Tensor<double>.Of(b, 4))], [A, B]),
        (A, Tensor<double>.Full(2, 2, 3)), (B, Tensor<double>.Full(-1, 4))).Select(g => g.Span.ToArray())];

    private static readonly double[] OfA = [3, -1, 2, 0.5, -4, 1], OfB = [1, -2, 0.25, 0];

    private static double Norm(params IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));

    [Fact]
    public void Clipping_by_value_bounds_each_element()
    {
        var found = Ruled(Clipping.ByValue(1.5), OfA, OfB);
        Assert.Equal([1.5, -1, 1.5, 0.5, -1.5, 1], found[0]);
        Assert.Equal([1, -1.5, 0.25, 0], found[1]);
    }

    [Fact]
    public void Clipping_by_norm_bounds_each_gradient_and_keeps_its_direction()
    {
        var found = Ruled(Clipping.ByNorm(2.5), OfA, OfB);
        Near.All(OfA.Select(v => v * 2.5 / Norm(OfA)), found[0], 1e-15);
        Assert.Equal(OfB, found[1]);
    }

    [Fact]
    public void Clipping_by_the_global_norm_keeps_the_direction_of_the_step()
    {
        var found = Ruled(Clipping.ByGlobalNorm(2.5), OfA, OfB);
        var factor = 2.5 / Norm([.. OfA, .. OfB]);
        Near.All([.. OfA.Select(v => v * factor), .. OfB.Select(v => v * factor)], found.SelectMany(g => g), 1e-15);
        Assert.Equal(2.5, Norm(found.SelectMany(g => g)), 1e-14);
        // PyTorch's clip_grad_norm_ of the gradients (3, 4) and (12) to 6.5 is the half of them but for its 1e-6 in the divisor.
        Near.All([1.4999998846153937, 1.9999998461538582, 0, 0, 0, 0, 5.999999538461575, 0, 0, 0],
            Ruled(Clipping.ByGlobalNorm(6.5), [3, 4, 0, 0, 0, 0], [12, 0, 0, 0]).SelectMany(g => g), 1e-7);
    }

    [Fact]
    public void Gradients_within_the_bound_keep_their_bits()
    {
        foreach (var rule in new[] { Clipping.ByValue(4), Clipping.ByNorm(5.7), Clipping.ByGlobalNorm(6.1) })
            Assert.Equal([.. OfA, .. OfB], Ruled(rule, OfA, OfB).SelectMany(g => g));
        Assert.All(Ruled(Clipping.ByGlobalNorm(1), new double[6], new double[4]).SelectMany(g => g), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Weight_decay_is_of_weights_unless_others_are_named()
    {
        var decayed = Ruled(WeightDecay.Coupled(0.1), OfA, OfB);
        Near.All(OfA.Select(v => v + 0.2), decayed[0], 1e-15);
        Assert.Equal(OfB, decayed[1]);
        var named = Ruled(WeightDecay.Coupled(0.1, [B]), OfA, OfB);
        Assert.Equal(OfA, named[0]);
        Near.All(OfB.Select(v => v - 0.1), named[1], 1e-15);
    }

    /// <summary>Coupled decay is a penalty of ½ λ Σ w² on what is tagged regularizable.</summary>
    [Fact]
    public void Weight_decay_is_the_gradient_of_a_penalty()
    {
        var network = Network.Sequential(("input", new Input(4)), ("norm", new BatchNorm()), ("dense", new Dense(3, x => x.Tanh())), ("out", new Dense(4)));
        var task = TrainingTask.Reconstruction(network);
        var weights = network.Parameters.Where(p => p.Tags.Contains(Parameter.Regularizable)).Select(p => p.Variable).ToList();
        Assert.Equal(2, weights.Count);
        var penalised = new Sgd(0.1).Of(task.Loss + 0.5 * 0.01 * weights.Select(w => w.Square().Sum()).Aggregate((a, b) => a + b), task.Learned);
        var images = Tensor<double>.Build([5, 4], v => Philox.Normal(new Key(1), v));
        double[] After(Recurrence recurrence)
        {
            var store = new Store<double>();
            network.Initialize(store, new Key(1));
            recurrence.Initialize(store);
            var step = Compiler.Compile(new Computation(task.Inputs, [], recurrence.Updates), store);
            for (var i = 0; i < 5; i++) step.Invoke(images);
            return [.. network.Parameters.SelectMany(p => store[p.Variable].Span.ToArray())];
        }
        var expected = After(penalised);
        Near.All(expected, After(new Sgd(0.1).WithWeightDecay(0.01, weights).Of(task.Loss, task.Learned)), 1e-13);
        Near.All(expected, After(new Sgd(0.1).WithWeightDecay(0.01, network.Parameters).Of(task.Loss, task.Learned)), 1e-13);
        Near.All(expected, After(new Sgd(0.1).WithWeightDecay(0.01).Of(task.Loss, task.Learned)), 1e-13);
        Assert.NotEqual(expected, After(new Sgd(0.1).Of(task.Loss, task.Learned)));
    }

    [Fact]
    public void What_is_called_last_sees_the_gradients_first()
    {
        // The gradient (1, -1, -0.75) is clipped to ½, and decay is added to that.
        var path = Minimization.Of(p => new Sgd(1).WithWeightDecay(0.1, [p]).With(Clipping.ByValue(0.5)), 1);
        Near.All([1 - 0.6, -2 + 0.7, 3 + 0.5 - 0.3], path[1], 1e-15);
    }

    [Fact]
    public void Decoupled_decay_goes_by_the_rate_and_its_schedule()
    {
        var path = Minimization.Of(p => new Sgd(0.1).WithDecoupledDecay(0.5, [p]).With(Schedules.Step(1, 0.5)), 2);
        double Next(double p, double c, double r) => p - r * c * p - r * 0.5 * p;
        Near.All(Minimization.Start.Zip(Minimization.Curvature, (p, c) => Next(Next(p, c, 0.1), c, 0.05)), path[2], 1e-15);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Norms_are_never_more_than_the_constraint(int rank)
    {
        var w = Expr.Variable("w", AutoDiffAE.Shapes.Shape.Of(Enumerable.Repeat(6, rank)));
        var value = Tensor<double>.Build([.. Enumerable.Repeat(6, rank)], v => Philox.Normal(new Key(3), v));
        var found = Oracle.Evaluate(Constraints.MaxNorm(2.25)(w), (w, value));
        double[] Norms(Tensor<double> x)
        {
            var each = x.Length / 6;
            return [.. Enumerable.Range(0, 6).Select(u => Norm(Enumerable.Range(0, each).Select(i => rank == 2 ? x.Span[i * 6 + u] : x.Span[u * each + i])))];
        }
        Assert.Contains(Norms(value), n => n > 2.3);
        Assert.All(Norms(value).Zip(Norms(found)), n => Assert.Equal(Math.Min(n.First, 2.25), n.Second, 1e-14));
        Assert.All(Norms(found), n => Assert.InRange(n, 0, 2.25 * (1 + 1e-15)));
        Assert.All(Norms(Oracle.Evaluate(Constraints.UnitNorm()(w), (w, value))), n => Assert.Equal(1, n, 1e-14));
    }

    [Fact]
    public void Norm_constraints_take_axes_and_leave_vectors_alone()
    {
        var value = Tensor<double>.Build([3, 4, 5], v => Philox.Normal(new Key(4), v));
        var w = Expr.Variable("w", 3, 4, 5);
        var found = Oracle.Evaluate(Constraints.MaxNorm(0.5, [0, 2])(w), (w, value));
        Assert.All(Enumerable.Range(0, 4), j => Assert.Equal(0.5, Norm(Enumerable.Range(0, 15).Select(i => found[i / 5, j, i % 5])), 1e-14));
        Assert.Same(B, Constraints.MaxNorm(0.5)(B));
        Assert.All(Oracle.Evaluate(Constraints.UnitNorm()(A), (A, Tensor<double>.Full(0, 2, 3))).Span.ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void A_constraint_holds_after_every_step()
    {
        var path = Minimization.Of(new Sgd(0.1).Under(Constraints.NonNegative), 5);
        Assert.All(path.Skip(1), p => Assert.Equal(0, p[1]));
        Assert.True(path[^1][2] > 3);
        var w = Expr.Variable("w", 3, 2);
        var recurrence = new Adam(0.5).Under(Constraints.MaxNorm(1)).Of((w - 4).Square().Sum(), [w]);
        var store = new Store<double> { [w] = Tensor<double>.Full(0.1, 3, 2) };
        recurrence.Initialize(store);
        var step = Compiler.Compile(new Computation([], [], recurrence.Updates), store);
        for (var i = 0; i < 20; i++)
        {
            step.Invoke();
            Assert.All([0, 1], u => Assert.InRange(Norm(Enumerable.Range(0, 3).Select(r => store[w][r, u])), 0, 1 + 1e-15));
        }
        Assert.Equal(1, Norm(store[w][0, 0], store[w][1, 0], store[w][2, 0]), 1e-12);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Averages_have_their_closed_form(double decay)
    {
        foreach (var steps in new[] { 1, 2, 25 })
        {
            var (path, store, recurrence, p) = Minimization.Run<double>(_ => new Momentum(0.1, 0.9).Averaged(decay), steps, null);
            var weights = Enumerable.Range(1, steps).Select(t => Math.Pow(decay, steps - t)).ToList();
            var expected = Enumerable.Range(0, 3).Select(i => weights.Zip(path.Skip(1), (w, at) => w * at[i]).Sum() / weights.Sum()).ToList();
            Near.All(expected, store[recurrence["ema/p"]].Span.ToArray(), 1e-12);
            var evaluated = Compiler.Compile(new Computation([], [recurrence.Averaged(p.Exp())]), store).Invoke()[0];
            Near.All(expected.Select(Math.Exp), evaluated.Span.ToArray(), 1e-12);
        }
    }

    [Fact]
    public void Before_the_first_step_an_average_is_the_parameter()
    {
        var (_, store, recurrence, p) = Minimization.Run<double>(_ => new Sgd(0.1).Averaged(), 0, null);
        Assert.Equal(Minimization.Start, Compiler.Compile(new Computation([], [recurrence.Averaged(p)]), store).Invoke()[0].Span.ToArray());
    }

    /// <summary>A rate so small that float does not see it beside the parameter itself: the velocity still gathers it.</summary>
    [Fact]
    public void Added_momentum_keeps_the_digits_of_small_steps()
    {
        var (_, store, recurrence, _) = Minimization.Run<float>(_ => new Sgd(1e-9).WithMomentum(0.5), 1, null);
        Assert.All(new[] { -1e-9f, 1e-9f, 0.75e-9f }.Zip(store[recurrence["p/velocity"]].Span.ToArray()), v => Assert.Equal(v.First, v.Second, 1e-15f));
        (_, store, recurrence, _) = Minimization.Run<float>(p => new Sgd(1e-9).WithDecoupledDecay(1, [p]).WithMomentum(0.5), 1, null);
        Assert.All(new[] { -2e-9f, 3e-9f, -2.25e-9f }.Zip(store[recurrence["p/velocity"]].Span.ToArray()), v => Assert.Equal(v.First, v.Second, 2e-15f));
    }

    [Fact]
    public void Two_variables_of_one_name_are_refused()
    {
        Assert.Contains("variable momentum already", Assert.Throws<ArgumentException>(() => Minimization.Of(new Momentum().WithMomentum(), 1)).Message);
        Assert.Contains("variable ema/decay already", Assert.Throws<ArgumentException>(() => Minimization.Of(new Sgd().Averaged().Averaged(), 1)).Message);
    }

    [Fact]
    public void Bounds_and_factors_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Clipping.ByValue(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clipping.ByNorm(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clipping.ByGlobalNorm(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd().WithWeightDecay(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd().WithDecoupledDecay(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraints.MaxNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Minimization.Of(new Sgd().Averaged(1), 1));
    }

    [Fact]
    public void Known_gradients_are_stepped_by()
    {
        var recurrence = new Sgd(0.5).Of([Expr.Constant(Tensor<double>.Of(OfB, 4))], [B]);
        Near.All(OfB.Select(g => 1 - 0.5 * g), Oracle.Evaluate(recurrence.Updates[0].Next, (B, Tensor<double>.Full(1, 4)), (recurrence["learning_rate"], Tensor<double>.Scalar(0.5))).Span.ToArray(), 1e-15);
        Assert.Throws<ArgumentException>(() => new Sgd().Of([], [B]));
        Assert.Contains("(2, 3) came for the parameter b (4)", Assert.Throws<ArgumentException>(() => new Sgd().Of([A], [B])).Message);
    }

    private static Optimizer Everything => new AdamW(0.05, 0.1).Under(Constraints.MaxNorm(3)).With(Clipping.ByGlobalNorm(0.5)).With(Schedules.Warmup(3, Schedules.Cosine(40))).Averaged(0.9);

    [Fact]
    public void All_of_them_go_on_from_a_checkpoint()
    {
        ImmutableArray<Examples> train = [Tensor<float>.Build([40, 6], v => Philox.Normal(new Key(1), v))];
        Trainer Over(int epochs) => new(
            TrainingTask.Reconstruction(Network.Sequential(("input", new Input(6)), ("code", new Dense(3)), ("output", new Dense(6)))), Everything, new TrainingOptions(epochs, 16));
        double[] Errors(TrainingResult result) => [.. result.History.Epochs.SelectMany(e => new[] { e.TrainError, e.ValidationError })];
        var whole = Over(4).Fit(train, train);
        TrainingCheckpoint? half = null;
        Over(2).Fit(train, train, completed: checkpoint => half = checkpoint);
        Assert.Equal(Errors(whole), Errors(Over(4).Fit(train, train, from: half)));
        Assert.True(whole.Best!.ValidationError < whole.History.Epochs[0].ValidationError);
    }

    [Fact]
    public void A_step_of_all_of_them_allocates_nothing()
    {
        var (w, b) = (Expr.Variable("w", 30, 20), Expr.Variable("b", 20));
        var recurrence = Everything.Of((w.Sum([0]) - b).Tanh().Square().Sum() + w.Square().Sum(), [w, b]);
        var store = new Store<float> { [w] = Tensor<float>.Full(0.1f, 30, 20), [b] = Tensor<float>.Full(1, 20) };
        recurrence.Initialize(store);
        var step = Compiler.Compile(new Computation([], [], recurrence.Updates), store, new CpuBackend(1));
        for (var i = 0; i < 3; i++) step.Invoke(ReadOnlySpan<Buffer<float>>.Empty, []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++) step.Invoke(ReadOnlySpan<Buffer<float>>.Empty, []);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
