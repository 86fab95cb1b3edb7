using System.Diagnostics;
using AutoDiffAE.Cpu;
using Xunit;

namespace AutoDiffAE.Tests.Training;

/// <summary>What holds of every step of the two networks that are measured.</summary>
public sealed class TrainedStepTests
{
    private static TrainedStep Of(string network, IBackend backend, int batch, CompileOptions? options = null) =>
        network == "standard" ? TrainedStep.Standard(backend, batch, options) : TrainedStep.Second(backend, batch, options);

    [Theory]
    [InlineData("standard", 1)]
    [InlineData("standard", 2)]
    [InlineData("second", 1)]
    [InlineData("second", 2)]
    public void A_steady_one_allocates_nothing(string network, int threads)
    {
        var step = Of(network, new CpuBackend(threads), 16);
        for (var i = 0; i < 3; i++) step.Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++) step.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("standard", 3)]
    [InlineData("standard", 40)]
    [InlineData("second", 3)]
    [InlineData("second", 16)]
    public void It_has_the_same_bits_for_any_number_of_threads_and_in_every_run(string network, int batch)
    {
        var one = Of(network, new CpuBackend(1), batch).After(3);
        Assert.Equal(one, Of(network, new CpuBackend(2), batch).After(3));
        Assert.Equal(one, Of(network, new CpuBackend(3), batch).After(3));
        Assert.Equal(one, Of(network, new CpuBackend(2), batch).After(3));
        Assert.Equal(one, Of(network, new CpuBackend(1), batch).After(3));
    }

    [Theory]
    [InlineData("standard", 3)]
    [InlineData("standard", 16)]
    [InlineData("second", 3)]
    public void It_is_computed_from_live_memory_only(string network, int batch)
    {
        var plain = Of(network, new CpuBackend(1), batch).After(2);
        Assert.Equal(plain, Of(network, new CpuBackend(1, LaneWidth.Widest, Poison.Standard), batch).After(2));
        Assert.Equal(plain, Of(network, new CpuBackend(1), batch, CompileOptions.Default with { InPlace = false }).After(2));
        Assert.Equal(plain, Of(network, new CpuBackend(1), batch, CompileOptions.Default with { ReuseMemory = false }).After(2));
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("second")]
    public void Its_peak_is_known_before(string network)
    {
        var step = Of(network, new CpuBackend(1), 2);
        var peak = step.Function.PeakBytes(TrainedStep.Sizes(2));
        step.Run();
        Assert.Equal(peak, step.Function.ArenaBytes);
        Assert.InRange(step.Function.PeakBytes(TrainedStep.Sizes(200)), peak + 1, 100 * peak);
    }
}

/// <summary>Runs by itself, since the memory of the process is what is measured.</summary>
[Collection(nameof(Alone))]
public sealed class SteadyMemoryTests
{
    /// <summary>2,000 or as many as the environment asks for.</summary>
    private static readonly int Steps = int.TryParse(Environment.GetEnvironmentVariable("AUTODIFFAE_STEPS"), out var steps) ? steps : 2000;

    [Fact]
    public void Thousands_of_steps_take_the_memory_of_a_few()
    {
        var step = TrainedStep.Small(new CpuBackend(2), 16);
        static long Private()
        {
            using var process = Process.GetCurrentProcess();
            return process.PrivateMemorySize64;
        }
        for (var i = 0; i < 500; i++) step.Run();
        var (bytes, arena) = (Private(), step.Function.ArenaBytes);
        for (var i = 0; i < Steps; i++) step.Run();
        Assert.Equal(arena, step.Function.ArenaBytes);
        // What thousands of steps would leak of a single arena each is far more.
        Assert.InRange(Private() - bytes, long.MinValue, 8 << 20);
        Assert.InRange(arena, 4 << 10, 1 << 20);
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
