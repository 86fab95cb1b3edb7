using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace AutoDiffAE.Cli;

/// <summary><c>bench step</c>, <c>bench second</c>, <c>bench ops</c> and <c>bench compile</c></summary>
internal static class BenchCommand
{
    public static Command Of(Context context) => new("bench", "Measures this machine.")
    {
        Step(context, MeasuredNetwork.Standard()), Step(context, MeasuredNetwork.Second()), Ops(context), Compile(context),
    };

    private static Command Step(Context context, MeasuredNetwork network)
    {
        var (runsOn, seconds, json, dump) = (new RunsOn(), Seconds(6, "Seconds to measure for"), Options.Json(), Options.DumpPlan());
        var batch = Options.Whole("--batch", network.Batch, "Images in a step");
        var command = new Command(network.Name, $"Times {network.About}.") { batch, seconds, json, dump };
        runsOn.AddTo(command);
        foreach (var option in network.Options) command.Add(option);
        command.SetAction(parsed =>
        {
            TrainingStep On(IBackend on) => TrainingStep.Of(() => network.Build(parsed), network.Optimizer, parsed.GetValue(batch), on, runsOn.Threads(parsed));
            var step = On(RunsOn.Backend(runsOn.Device(parsed), runsOn.Threads(parsed), context.Output, on => On(on).Milliseconds()));
            if (parsed.GetValue(dump)) step.DumpPlan(context.Output);
            var bench = StepBench.Measure(network.Name, step, parsed.GetValue(seconds));
            context.Output.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(bench.Report()) : bench.Text());
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Compile(Context context)
    {
        var json = Options.Json();
        var command = new Command("compile", "Times the compiler: the standard network's training function in this process, that is still cold; the gradient of 200 residual blocks; chains of 1,000 and 10,000 nodes.") { json };
        command.SetAction(parsed =>
        {
            var all = new List<CompileBench>();
            foreach (var bench in CompileBench.All())
            {
                all.Add(bench);
                if (!parsed.GetValue(json)) context.Output.WriteLine(bench.Text());
            }
            // Of ten times as many nodes: 10 is linear.
            var growth = Math.Round(all[^1].Milliseconds / all[^2].Milliseconds, 2);
            context.Output.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new OrderedDictionary<string, object>(all.Select(b => KeyValuePair.Create(b.Name, b.Report()))) { ["growth"] = growth })
                : string.Create(CultureInfo.InvariantCulture, $"ten times the nodes take {growth} times as long"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Ops(Context context)
    {
        var (runsOn, seconds, json) = (new RunsOn(), Seconds(1, "Seconds to measure each operation for"), Options.Json());
        var command = new Command("ops", "Times single operations, compiled, in buffers that are held.") { seconds, json };
        runsOn.AddTo(command);
        command.SetAction(parsed =>
        {
            var backend = runsOn.Backend(parsed);
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
                    threads = runsOn.Threads(parsed),
                }));
            return context.Cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
        });
        return command;
    }

    private static Option<double> Seconds(double otherwise, string description) =>
        Options.Real("--seconds", otherwise, description, v => v > 0, "a positive number");
}
