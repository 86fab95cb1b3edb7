using AutoDiffAE.Autoencoders;
using AutoDiffAE.Cli;
using AutoDiffAE.Gpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>What stays on a device and what goes between it and the host.</summary>
public sealed class DeviceTransferTest
{
    private static TrainingStep Step(string kind) =>
        TrainingStep.Of(new ConvolutionalAutoencoder(28, 28, Filters: 4, Code: 8).Build, new NesterovMomentum(0.01, 0.9), 6, Accelerators.Apart(kind), 1);

    [DeviceTheory("CPU")]
    [InlineData("CPU")]
    public void A_training_step_copies_its_batch_there_and_nothing_back(string kind) => Counted(kind);

    [DeviceTheory("OpenCL")]
    [InlineData("OpenCL")]
    public void Nor_does_it_on_OpenCL(string kind) => Counted(kind);

    private static void Counted(string kind)
    {
        var step = Step(kind);
        for (var i = 0; i < 3; i++) step.Run();
        var before = Devices.Counters(step.Backend)!;
        for (var i = 0; i < 5; i++)
        {
            step.Inputs[0].Span[i] = i;
            step.Function.Invoke(step.Inputs, step.Outputs);
        }
        var after = Devices.Counters(step.Backend)!;
        Assert.Equal((5, 0, 0, 0), (after.Uploads - before.Uploads, after.Downloads - before.Downloads, after.Allocations - before.Allocations, after.Kernels - before.Kernels));
        Assert.True(float.IsFinite(step.Outputs[0].Values[0]));
        Assert.Equal(after.Downloads + 1, Devices.Counters(step.Backend)!.Downloads);
        // An input that nobody has touched is there already.
        step.Function.Invoke(step.Inputs, step.Outputs);
        Assert.Equal(after.Uploads, Devices.Counters(step.Backend)!.Uploads);
    }

    [DeviceTheory("CPU")]
    [InlineData("CPU")]
    public void The_same_steps_have_the_same_bits_and_the_processors_values(string kind)
    {
        float[] Losses(TrainingStep step) => [.. Enumerable.Range(0, 6).Select(_ => { step.Run(); return step.Outputs[0].Values[0]; })];
        var losses = Losses(Step(kind));
        Assert.Equal(losses, Losses(Step(kind)));
        var processor = Losses(TrainingStep.Of(new ConvolutionalAutoencoder(28, 28, Filters: 4, Code: 8).Build, new NesterovMomentum(0.01, 0.9), 6, new AutoDiffAE.Cpu.CpuBackend(1), 1));
        Assert.All(losses.Zip(processor), l => Assert.Equal(l.Second, l.First, 1e-5f * l.Second));
        Assert.True(losses[^1] < losses[0]);
    }

    [DeviceTheory("CPU")]
    [InlineData("CPU")]
    public void An_epochs_examples_live_on_the_device(string kind) => Resident(kind);

    [DeviceTheory("OpenCL")]
    [InlineData("OpenCL")]
    public void And_on_OpenCL(string kind) => Resident(kind);

    /// <summary>
    /// Of an epoch of 30 batches only its order and its flips are copied to the device, and only losses and the best parameters back; a transform
    /// without a graph is done by the host, with the same bits.
    /// </summary>
    private static void Resident(string kind)
    {
        var images = Tensor<float>.Build([59 + 10, 1, 12, 12], v => Philox.Normal(new Key(3), v));
        (TrainingResult Result, int[] Uploads, int[] Allocations) Trained(BatchTransform transform)
        {
            var backend = Accelerators.Apart(kind);
            var network = new ConvolutionalAutoencoder(12, 12, Filters: 2, FilterSize: 5, Code: 4).Build();
            var counts = new List<DeviceCounters>();
            var trainer = new Trainer(TrainingTask.Reconstruction(network), new NesterovMomentum(0.01, 0.9), new TrainingOptions(5, 2, 1, transform), backend);
            var result = trainer.Fit([images.Rows(0, 59)], [images.Rows(59, 69)], new Counting(() => counts.Add(Devices.Counters(backend)!)));
            return (result, Steps(counts, c => c.Uploads), Steps(counts, c => c.Allocations));
        }
        var (there, uploads, allocations) = Trained(FlipHalf.Transform);
        var (host, hostUploads, _) = Trained(FlipHalf.Transform with { Chosen = null });
        Assert.Equal(host.History.Epochs.Select(e => (e.TrainError, e.ValidationError)), there.History.Epochs.Select(e => (e.TrainError, e.ValidationError)));
        Assert.All(uploads, n => Assert.Equal(3, n));
        Assert.All(allocations, n => Assert.Equal(0, n));
        Assert.All(hostUploads, n => Assert.Equal(31, n));
    }

    private static int[] Steps(List<DeviceCounters> counts, Func<DeviceCounters, int> of) => [.. counts.Zip(counts.Skip(1), (a, b) => of(b) - of(a))];

    private sealed class Counting(Action completed) : ITrainingView
    {
        public R During<R>(int epoch, int batches, Func<Action<int, double>, R> work) => work((_, _) => { });

        public void Completed(AutoDiffAE.Reports.EpochRecord epoch, bool best) => completed();
    }

    [DeviceTheory("CPU")]
    [InlineData("CPU")]
    public void A_store_is_shared_with_the_processor_and_a_bad_index_changes_nothing(string kind)
    {
        var (w, x, i) = (Expr.Variable("w", 3), Expr.Variable("x", 3), Expr.Variable("i", 2));
        var store = new Store<float> { [w] = Tensor<float>.Of([1f, 2, 3], 3) };
        Function<float> Doubled(IBackend backend) => Compiler.Compile<float>(new Computation([x], [w * x], [new Update(w, w * 2)]), store, backend);
        var ones = Tensor<float>.Full(1, 3);
        var (there, here) = (Doubled(Accelerators.All[kind]), Doubled(AutoDiffAE.Cpu.CpuBackend.Shared));
        there.Invoke(ones);
        here.Invoke(ones);
        Assert.Equal([4f, 8, 12], there.Invoke(ones)[0].Span.ToArray());
        Assert.Equal([8f, 16, 24], store[w].Span.ToArray());

        var taken = Compiler.Compile<float>(new Computation([i], [w.Take(i, 0)], [new Update(w, w + 1)]), store, Accelerators.All[kind]);
        var refused = Assert.Throws<IndexException>(() => taken.Invoke(Tensor<float>.Of([0f, 3], 2)));
        Assert.Contains("the index 3 at (1)", refused.Message, StringComparison.Ordinal);
        Assert.Equal([8f, 16, 24], store[w].Span.ToArray());
        Assert.Equal([8f, 24], taken.Invoke(Tensor<float>.Of([0f, -1], 2))[0].Span.ToArray());
    }

    [DeviceTheory("OpenCL")]
    [InlineData("OpenCL")]
    public void What_does_not_fit_says_what_would(string kind)
    {
        var (x, y) = (Expr.Variable("x", "n", 1), Expr.Variable("y", 1, 20000));
        var outer = Compiler.Compile<double>(new Computation([x, y], [(x * y).Exp().MatMul(y.Transpose())]), backend: Accelerators.All[kind]);
        var refused = Assert.Throws<OutOfMemoryException>(() => outer.Invoke(Tensor<double>.Full(1, 100_000, 1), Tensor<double>.Full(1, 1, 20000)));
        Assert.Contains("16000", refused.Message, StringComparison.Ordinal);
        Assert.Matches("n = [0-9]+ would fit", refused.Message);
    }

    [DeviceTheory("CPU")]
    [InlineData("CPU")]
    public void A_formula_that_no_device_can_run_is_refused_and_others_go_on(string kind)
    {
        var x = Expr.Variable("x", 4);
        var refused = Assert.Throws<NotSupportedException>(() => Compiler.Compile<float>(new Computation([x], [Expr.Call<Spanned>(x)]), backend: Accelerators.All[kind]).Invoke(Tensor<float>.Full(1, 4)));
        Assert.Contains("spanned", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, Compiler.Compile<float>(new Computation([x], [x + 1]), backend: Accelerators.All[kind]).Invoke(Tensor<float>.Full(1, 4))[0].Span[3]);
    }

    public readonly struct Spanned : AutoDiffAE.Scalars.IUnaryFunction
    {
        public static string Name => "spanned";

        public static V Apply<V>(V x) where V : AutoDiffAE.Scalars.IReal<V>
        {
            ReadOnlySpan<double> factors = [1, 2, 3];
            for (var i = 0; i < factors.Length; i++) x *= factors[i];
            return x;
        }

        public static V Derivative<V>(V x, V y) where V : AutoDiffAE.Scalars.IReal<V> => 6;
    }
}
