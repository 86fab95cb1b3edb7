using AutoDiffAE.Autoencoders;
using AutoDiffAE.Cli;
using AutoDiffAE.Gpu;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tests.Optimizers;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>Steps and schedules by kernels: what the processor computes, without a host in between.</summary>
public sealed class DeviceOptimizersTest
{
    private static Optimizer Wrapped(string name) => Optimizer.Named(name, 0.05).Under(w => w.Rank == 1 ? Constraints.MaxNorm(3, [0])(w) : Constraints.MaxNorm(3)(w)).With(Clipping.ByGlobalNorm(2))
        .With(Schedules.Warmup(2, Schedules.Cosine(20, 0.1))).Averaged(0.9);

    public static TheoryData<string> Names => [.. Optimizer.Names];

    [DeviceTheory("CPU")]
    [MemberData(nameof(Names))]
    public void On_the_simulated_device_they_are_the_processors(string name) => Agree("CPU", name);

    [DeviceTheory("OpenCL")]
    [MemberData(nameof(Names))]
    public void On_OpenCL_they_are_the_processors(string name) => Agree("OpenCL", name);

    private static void Agree(string kind, string name)
    {
        double[] After(IBackend? backend)
        {
            var (path, store, recurrence, _) = Minimization.Run<float>(_ => Wrapped(name), 12, backend);
            return [.. path[^1], .. store[recurrence["ema/p"]].Cast<double>().Span.ToArray()];
        }
        Near.All(After(null), After(Accelerators.All[kind]), 1e-5);
    }

    [DeviceTheory("OpenCL")]
    [InlineData("step")]
    [InlineData("exponential")]
    [InlineData("cosine")]
    [InlineData("one-cycle")]
    public void Schedules_on_OpenCL_are_those_of_the_processor(string name)
    {
        var schedule = Schedules.Named(name, 40, 5);
        Near.All(SchedulesTests.Factors(schedule, 40), SchedulesTests.Factors(schedule, 40, Accelerators.All["OpenCL"]), 1e-12);
    }

    [DeviceTheory("CPU")]
    [InlineData("nesterov")]
    [InlineData("adamw")]
    public void A_scheduled_and_clipped_step_copies_its_batch_there_and_nothing_back(string name)
    {
        var step = TrainingStep.Of(new ConvolutionalAutoencoder(12, 12, Filters: 2, FilterSize: 5, Code: 4).Build, Wrapped(name), 6, Accelerators.Apart("CPU"), 1);
        for (var i = 0; i < 3; i++) step.Run();
        var before = Devices.Counters(step.Backend)!;
        for (var i = 0; i < 5; i++)
        {
            step.Inputs[0].Span[i] = i;
            step.Function.Invoke(step.Inputs, step.Outputs);
        }
        Assert.Equal(before with { Uploads = before.Uploads + 5 }, Devices.Counters(step.Backend));
        Assert.True(float.IsFinite(step.Outputs[0].Values[0]));
    }
}
