using System.CommandLine;
using System.Text.Json;

namespace AutoDiffAE.Cli;

/// <summary><c>profile [step|second]</c></summary>
internal static class ProfileCommand
{
    private const string About = "Where the time goes in {0}: a row for each step of the compiled plan, with what it has to do at least and how near it comes to the machine's limit.";

    public static Command Of(Context context)
    {
        // Without a network's name it is the standard one.
        var command = Verb(context, "profile", MeasuredNetwork.Standard());
        foreach (var network in new[] { MeasuredNetwork.Standard(), MeasuredNetwork.Second() }) command.Add(Verb(context, network.Name, network));
        return command;
    }

    private static Command Verb(Context context, string name, MeasuredNetwork network)
    {
        var (runsOn, json, dump) = (new RunsOn(), Options.Json(), Options.DumpPlan());
        var batch = Options.Whole("--batch", network.Batch, "Images in a step");
        var runs = Options.Whole("--runs", 20, "How often to run it; medians are shown");
        var order = new Option<bool>("--plan-order") { Description = "Steps in the plan's order; else those that take longest come first" };
        var command = new Command(name, string.Format(null, About, network.About)) { batch, runs, order, json, dump };
        runsOn.AddTo(command);
        foreach (var option in network.Options) command.Add(option);
        command.SetAction(parsed =>
        {
            TrainingStep On(IBackend on) => TrainingStep.Of(() => network.Build(parsed), network.Optimizer, parsed.GetValue(batch), on, runsOn.Threads(parsed));
            var step = On(RunsOn.Backend(runsOn.Device(parsed), runsOn.Threads(parsed), context.Output, on => On(on).Milliseconds()));
            if (parsed.GetValue(dump)) step.DumpPlan(context.Output);
            var report = ProfileReport.Of(network.Name, step, parsed.GetValue(runs), parsed.GetValue(order));
            if (parsed.GetValue(json)) context.Output.WriteLine(JsonSerializer.Serialize(report.Json()));
            else report.Write(context);
            return ExitCode.Done;
        });
        return command;
    }
}
