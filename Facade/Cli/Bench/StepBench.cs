using System.Diagnostics;
using System.Globalization;

namespace AutoDiffAE.Cli;

/// <summary>How long a training step takes.</summary>
/// <param name="FirstStepMs">From the start of the process to the end of the first step.</param>
internal sealed record StepBench(string Name, Timing Step, string Device, int Threads, int Batch, double CompileMs, double FirstStepMs, double AllocatedBytesPerStep, int? Kernels)
{
    private const int Counted = 50;

    public static StepBench Measure(string name, TrainingStep step, double seconds)
    {
        step.Run();
        var first = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        var timing = Timing.Of(seconds, step.Run);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Counted; i++) step.Run();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return new(name, timing, step.Device, step.Threads, step.Batch, step.CompileMs, first, (double)allocated / Counted, step.Kernels);
    }

    public OrderedDictionary<string, object> Report() => new()
    {
        [$"{Name}_ms"] = new { median = Rounded(Step.Median), best = Rounded(Step.Best), n = Step.N },
        ["images_per_s"] = Math.Round(Batch / Step.Median * 1000),
        ["threads"] = Threads,
        ["batch"] = Batch,
        ["compile_ms"] = Rounded(CompileMs),
        ["first_step_ms"] = Rounded(FirstStepMs),
        ["allocated_bytes_per_step"] = AllocatedBytesPerStep,
        ["peak_rss_mib"] = PeakMemory.Mebibytes(),
        ["device"] = Device,
        ["kernels"] = Kernels ?? 0,
    };

    public string Text() => string.Create(CultureInfo.InvariantCulture,
        $"one training step of {Batch} images on {On}: median {Step.Median:0.00} ms, best {Step.Best:0.00} ms of {Step.N}; compiled in {CompileMs:0} ms, first step {FirstStepMs:0} ms after the start{(Kernels is { } k ? $", {k} kernels" : "")}");

    private string On => Device == "cpu" ? $"{Threads} threads" : Device;

    private static double Rounded(double ms) => Math.Round(ms, 3);
}
