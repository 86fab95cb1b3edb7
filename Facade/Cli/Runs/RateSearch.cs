using AutoDiffAE.Autoencoders;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

namespace AutoDiffAE.Cli;

/// <summary><c>train DATA --find-rate</c>: which learning rate would do, from the losses of some steps with rising ones. Nothing of them is kept.</summary>
internal static class RateSearch
{
    private const int Steps = 120, Rows = 24, Bar = 40;

    private const double Low = 1e-5, High = 3;

    public static int Execute(Context context, TrainRun run)
    {
        var split = run.Split();
        var pixels = Standardization.Of(split.Train.Examples);
        var options = run.Architecture(split);
        var (_, backend) = RunsOn.Chosen(run.Device, run.Threads, context.Output, on => TrainingStep.Of(options.Build, run.Optimizer(split), run.Batch, on, run.Threads).Milliseconds());
        // Without a schedule, which would have rates of its own.
        var optimizer = (run.Learning with { Schedule = Learning.Standard.Schedule, Warmup = 0, Average = null }).Over(run.Rate, run.Momentum, 1);
        var found = RateFinder.Of(AutoencoderTask.Of(options, options.Build(), new Key(run.Seed)), optimizer,
            new TrainingOptions(1, run.Batch, run.Seed, run.Flips ? FlipHalf.Transform : null), [pixels.Apply(split.Train.Examples)], Low, High, Steps, backend);
        var most = found.Steps.Select(s => s.Loss).DefaultIfEmpty(1).Max();
        context.Output.WriteLine(FormattableString.Invariant($"{Steps} steps of {Math.Min(run.Batch, split.Train.Count)} images, each with a larger rate, up to where the loss is four times the least"));
        context.Output.WriteLine("      rate     loss");
        foreach (var few in found.Steps.Chunk(Steps / Rows))
        {
            var loss = few.Average(s => s.Loss);
            context.Output.WriteLine(FormattableString.Invariant($"{few[^1].Rate,10:0.00e+0}  {loss,7:0.0000}  {new string('▪', (int)Math.Round(Bar * loss / most))}"));
        }
        if (double.IsNaN(found.Suggested)) throw new UsageException(FormattableString.Invariant($"--find-rate: the loss did not fall at any rate from {Low} to {High}: larger batches, or another optimizer, may do"));
        context.Output.WriteLine(FormattableString.Invariant($"a tenth of the rate where the smoothed loss is least: --rate {found.Suggested:0.##e0}"));
        return ExitCode.Done;
    }
}
