using System.Diagnostics;
using AutoDiffAE.Gpu;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary>One training step of a network, compiled, with a batch of random images in buffers that are held.</summary>
internal sealed record TrainingStep(Function<float> Function, Buffer<float>[] Inputs, Buffer<float>[] Outputs, int Batch, IBackend Backend, int Threads, double CompileMs)
{
    /// <summary>Forward, backward and the optimizer's update. Building the network counts as compiling it.</summary>
    public static TrainingStep Of(Func<Network> build, Optimizer optimizer, int batch, IBackend backend, int threads)
    {
        var clock = Stopwatch.StartNew();
        var network = build();
        var task = TrainingTask.Reconstruction(network);
        var recurrence = optimizer.Of(task.Loss, task.Learned);
        var store = new Store<float>();
        network.Initialize(store, new Key(1));
        recurrence.Initialize(store);
        var function = Compiler.Compile(new Computation(task.Inputs, [task.Loss], [.. recurrence.Updates, .. task.Updates]), store, backend);
        var compiled = clock.Elapsed.TotalMilliseconds;
        return new(function, [Noise.For(network.Input, "images", batch)], [new Buffer<float>()], batch, backend, threads, compiled);
    }

    /// <summary>The device's name, cpu for the processor.</summary>
    public string Device => Backend.Name;

    /// <summary>Distinct kernels that the device was given; null for the processor.</summary>
    public int? Kernels => Devices.Counters(Backend)?.Kernels;

    /// <summary>A step, waited for: the loss is read.</summary>
    public void Run()
    {
        Function.Invoke(Inputs, Outputs);
        _ = Outputs[0].Values[0];
    }

    /// <summary>How long a step takes, the best of a few.</summary>
    public double Milliseconds()
    {
        Run();
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var before = Stopwatch.GetTimestamp();
            Run();
            return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        });
    }

    public void DumpPlan(TextWriter output)
    {
        foreach (var line in Function.PlanLines(new Dictionary<string, long> { ["n"] = Batch })) output.WriteLine(line);
        output.WriteLine();
    }
}
