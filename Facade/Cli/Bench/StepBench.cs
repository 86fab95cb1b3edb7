using System.Diagnostics;
using System.Globalization;
using AutoDiffAE.Autoencoders;
using AutoDiffAE.Cpu;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary>One training step of the standard network on random images of 28 by 28: forward, backward, Nesterov.</summary>
internal sealed record StepBench(Timing Step, int Threads, int Batch, double CompileMs, double FirstStepMs, double AllocatedBytesPerStep)
{
    private const int Counted = 50;

    public static StepBench Measure(int threads, int batch, double seconds)
    {
        var compiling = Stopwatch.StartNew();
        var network = new ConvolutionalAutoencoder(28, 28).Build();
        var task = TrainingTask.Reconstruction(network);
        var recurrence = new NesterovMomentum(0.01, 0.975).Of(task.Loss, [.. task.Parameters.Select(p => p.Variable)]);
        var store = new Store<float>();
        network.Initialize(store, new Key(1));
        recurrence.Initialize(store);
        var function = Compiler.Compile(new Computation(task.Inputs, [task.Loss], recurrence.Updates), store, new CpuBackend(threads));
        var compiled = compiling.Elapsed.TotalMilliseconds;

        Buffer<float>[] inputs = [Noise.For(network.Input, "images", batch)], outputs = [new Buffer<float>()];
        void Step() => function.Invoke(inputs, outputs);
        Step();
        var first = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        var timing = Timing.Of(seconds, Step);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Counted; i++) Step();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return new(timing, threads, batch, compiled, first, (double)allocated / Counted);
    }

    public object Report() => new
    {
        step_ms = new { median = Rounded(Step.Median), best = Rounded(Step.Best), n = Step.N },
        images_per_s = Math.Round(Batch / Step.Median * 1000),
        threads = Threads,
        batch = Batch,
        compile_ms = Rounded(CompileMs),
        first_step_ms = Rounded(FirstStepMs),
        allocated_bytes_per_step = AllocatedBytesPerStep,
        peak_rss_mib = PeakMemory.Mebibytes(),
    };

    public string Text() => string.Create(CultureInfo.InvariantCulture,
        $"one training step of {Batch} images on {Threads} threads: median {Step.Median:0.00} ms, best {Step.Best:0.00} ms of {Step.N}; compiled in {CompileMs:0} ms, first step {FirstStepMs:0} ms after the start");

    private static double Rounded(double ms) => Math.Round(ms, 3);
}
