using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AutoDiffAE.Cpu;

namespace AutoDiffAE.Cli;

/// <summary><c>bench step</c> and <c>bench ops</c></summary>
internal static class BenchCommand
{
    public static Command Of(Context context) => new("bench", "Measures this machine.") { Step(context), Ops(context) };

    private static Command Step(Context context)
    {
        var (threads, seconds, json) = (Options.Threads(), Seconds(6, "Seconds to measure for"), Json());
        var batch = Options.Whole("--batch", 128, "Images in a step");
        var command = new Command("step", "Times one training step of the standard network: forward, backward, Nesterov.") { threads, batch, seconds, json };
        command.SetAction(parsed =>
        {
            var bench = StepBench.Measure(parsed.GetValue(threads), parsed.GetValue(batch), parsed.GetValue(seconds));
            context.Output.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(bench.Report()) : bench.Text());
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Ops(Context context)
    {
        var (threads, seconds, json) = (Options.Threads(), Seconds(1, "Seconds to measure each operation for"), Json());
        var command = new Command("ops", "Times single operations, compiled, in buffers that are held.") { threads, seconds, json };
        command.SetAction(parsed =>
        {
            var backend = new CpuBackend(parsed.GetValue(threads));
            var times = new OrderedDictionary<string, Timing>();
            foreach (var bench in OpBench.All().TakeWhile(_ => !context.Cancellation.IsCancellationRequested))
            {
                var timing = times[bench.Name] = bench.Measure(backend, parsed.GetValue(seconds));
                if (!parsed.GetValue(json))
                    context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bench.Name,-45} median {timing.Median,9:0.000} ms  best {timing.Best,9:0.000} ms"));
            }
            if (parsed.GetValue(json))
                context.Output.WriteLine(JsonSerializer.Serialize(new
                {
                    ops = times.ToDictionary(t => t.Key, t => new { median = Math.Round(t.Value.Median, 3), best = Math.Round(t.Value.Best, 3) }),
                    threads = parsed.GetValue(threads),
                }));
            return context.Cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
        });
        return command;
    }

    private static Option<double> Seconds(double otherwise, string description) =>
        Options.Real("--seconds", otherwise, description, v => v > 0, "a positive number");

    private static Option<bool> Json() => new("--json") { Description = "One JSON object as the last line" };
}
