using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Training;

public sealed class DivergenceTest
{
    private static readonly Tensor<float> Numbers = Tensor<float>.Build([70, 6], v => Philox.Normal(new Key(1), v));

    private static readonly ImmutableArray<Examples> Train = [Numbers.Rows(0, 50)], Validation = [Numbers.Rows(50, 70)];

    /// <summary>The processor, whose losses are read some steps late, as a device's are.</summary>
    private sealed class Ahead(int steps) : IBackend
    {
        public string Name => "ahead";

        public int StepsBetweenReads => steps;

        public IExecutable<T> Lower<T>(Plan plan) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => CpuBackend.Shared.Lower<T>(plan);
    }

    private static TrainingEnd.Diverged Diverged(Network network, double rate, bool trace = true, IBackend? backend = null, Func<Expr, Expr, Expr>? objective = null) =>
        Assert.IsType<TrainingEnd.Diverged>(new Trainer(
            TrainingTask.Reconstruction(network, objective is null ? null : new(objective)), new NesterovMomentum(rate, 0.9), new TrainingOptions(50, 16, TraceNonFinite: trace), backend).Fit(Train, Validation).End);

    private static Network Line() => Network.Sequential(("input", new Input(6)), ("code", new Dense(3)), ("output", new Dense(6)));

    [Fact]
    public void The_step_that_diverged_is_run_again_with_the_parameters_before_it()
    {
        var end = Diverged(Line(), 1e6);
        var found = end.Traced!;
        Assert.Equal((end.Epoch, end.Batch, false), (found.Epoch, found.Batch, found.Again));
        // The parameters were finite still, and the loss of the step is the one that was seen.
        Assert.False(found.Trace!.First!.IsGiven);
        Assert.False(found.Trace.Results[0].Compiled.IsFinite);
        Assert.Equal("loss", found.Trace.Results[0].Root.Origin.Name);
        Assert.All(found.Trace.First.Inputs, i => Assert.True(i.Range.IsFinite));
    }

    [Fact]
    public void Where_losses_are_read_late_the_same_step_is_found_by_running_again()
    {
        var (now, late) = (Diverged(Line(), 1e6), Diverged(Line(), 1e6, backend: new Ahead(16)));
        Assert.Equal((now.Epoch, now.Batch), (late.Epoch, late.Batch));
        Assert.True(late.Traced!.Again);
        Assert.Equal((now.Traced!.Epoch, now.Traced.Batch), (late.Traced.Epoch, late.Traced.Batch));
        Assert.Equal(now.Traced.Trace!.First!.Node.Op.Name, late.Traced.Trace!.First!.Node.Op.Name);
        Assert.Equal(now.Traced.Trace.First.Value, late.Traced.Trace.First.Value);
    }

    [Fact]
    public void An_update_that_overflowed_while_the_loss_was_finite_is_found_in_the_step_before()
    {
        // 10²⁰ times a gradient of 10²⁵ is more than float holds, and the second step sees what the first has left.
        var end = Diverged(Line(), 1e20, objective: (p, t) => (p - t).Mean() * 1e25);
        Assert.Equal((1, 2), (end.Epoch, end.Batch));
        Assert.Equal((1, 1, true), (end.Traced!.Epoch, end.Traced.Batch, end.Traced.Again));
        Assert.Equal("mul", end.Traced.Trace!.First!.Node.Op.Name);
        Assert.All(end.Traced.Trace.First.Inputs, i => Assert.True(i.Range.IsFinite));
        Assert.True(end.Traced.Trace.Results[0].Compiled.IsFinite);
    }

    [Fact]
    public void Nothing_is_traced_unless_asked_for()
    {
        var (plain, traced) = (Diverged(Line(), 1e6, trace: false), Diverged(Line(), 1e6));
        Assert.Null(plain.Traced);
        Assert.Equal((plain.Epoch, plain.Batch, plain.Loss), (traced.Epoch, traced.Batch, traced.Loss));
    }
}
