using System.Collections.Immutable;
using System.Globalization;
using AutoDiffAE.Profiling;

namespace AutoDiffAE.Cli;

/// <summary>What a profile says, as a table for people and as JSON.</summary>
/// <param name="Name">Of the network.</param>
/// <param name="Rows">In the order that was asked for.</param>
internal sealed record ProfileReport(string Name, TrainingStep Step, Profile Profile, ImmutableArray<ProfileRow> Rows)
{
    private const int LongestExpression = 36;

    public static ProfileReport Of(string name, TrainingStep step, int runs, bool inPlanOrder)
    {
        var profile = step.Function.Profile(step.Inputs, step.Outputs, runs);
        return new(name, step, profile, inPlanOrder ? profile.Rows : [.. profile.Rows.OrderByDescending(r => r.Share).ThenBy(r => r.Step)]);
    }

    public void Write(Context context)
    {
        context.Output.WriteLine(Text($"one step of {Step.Batch} images on {(Step.Device == "cpu" ? $"{Step.Threads} threads" : Step.Device)}: {Profile.RunSeconds * 1e3:0.00} ms, the median of {Profile.Runs} runs; compiled in {Step.CompileMs:0} ms"));
        context.Output.WriteLine(Text($"peak bytes known before the run: {Profile.ArenaBytes} of intermediate values"));
        if (double.IsFinite(Profile.Limits.FlopPerSecond)) context.Output.WriteLine(Text($"the machine at best: {Profile.Limits.FlopPerSecond / 1e9:0.0} GFLOP/s and {Profile.Limits.BytesPerSecond / 1e9:0.0} GB/s; a step's limit is the longer of its FLOP and its bytes at these rates"));
        else context.Output.WriteLine(Text($"what the device does at best is not known; {Step.Kernels} kernels were loaded"));
        foreach (var pass in Step.Function.Passes) context.Output.WriteLine(Text($"  {pass}"));
        context.Output.WriteLine();
        Table().Write(context);
    }

    public Table Table()
    {
        var seconds = Profile.Rows.Sum(r => r.Seconds);
        return new(
            [" step", "routine", " ms", " share", " MFLOP", " MB", " limit ms", " of limit", "expression", "line"],
            [.. Rows.Select(r => Cells(Text($"{r.Step}"), r.Routine, r.Seconds, r.Share, r.Work.Flop, r.Work.Bytes, r.LimitSeconds, r.OfLimit, Shortened(r.Provenance), $"{r.Source}"))],
            Cells("", "in all", seconds, Profile.Rows.Sum(r => r.Share), Profile.Flop, Profile.Bytes, Profile.LimitSeconds, seconds > 0 ? Profile.LimitSeconds / seconds : 0, "", ""));
    }

    public object Json() => new
    {
        network = Name,
        device = Step.Device,
        threads = Step.Threads,
        batch = Step.Batch,
        runs = Profile.Runs,
        run_ms = Milliseconds(Profile.RunSeconds),
        limit_ms = Milliseconds(Profile.LimitSeconds),
        compile_ms = Math.Round(Step.CompileMs, 3),
        arena_bytes = Profile.ArenaBytes,
        flop = Profile.Flop,
        bytes = Profile.Bytes,
        peak_flop_per_s = Math.Round(Profile.Limits.FlopPerSecond),
        peak_bytes_per_s = Math.Round(Profile.Limits.BytesPerSecond),
        passes = Step.Function.Passes.Select(p => new
        {
            phase = $"{p.Phase}", ms = Milliseconds(p.Elapsed.TotalSeconds), nodes_before = p.Before, nodes_after = p.After, rewrites = p.Firings,
        }),
        steps = Rows.Select(r => new
        {
            step = r.Step,
            routine = r.Routine,
            ms = Milliseconds(r.Seconds),
            share = r.Share,
            flop = r.Work.Flop,
            bytes_read = r.Work.BytesRead,
            bytes_written = r.Work.BytesWritten,
            limit_ms = Milliseconds(r.LimitSeconds),
            of_limit = Math.Round(r.OfLimit, 4),
            expression = r.Provenance,
            line = r.Source?.ToString(),
        }),
    };

    private static ImmutableArray<string> Cells(
        string step, string routine, double seconds, double share, double flop, long bytes, double limit, double ofLimit, string expression, string line) =>
    [
        step, routine, Text($"{seconds * 1e3:0.000}"), Text($"{share * 100:0.0}%"), Text($"{flop / 1e6:0.0}"), Text($"{bytes / 1e6:0.00}"),
        Text($"{limit * 1e3:0.000}"), Text($"{ofLimit * 100:0}%"), expression, line,
    ];

    private static string Shortened(string text) => text.Length <= LongestExpression ? text : $"{text[..(LongestExpression - 1)]}…";

    private static double Milliseconds(double seconds) => Math.Round(seconds * 1e3, 6);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
