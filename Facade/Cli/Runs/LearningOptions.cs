using System.CommandLine;
using AutoDiffAE.Optimizers;

namespace AutoDiffAE.Cli;

/// <summary>The options that say how a training steps.</summary>
/// <param name="rate">The command's own <c>--rate</c>.</param>
/// <param name="momentum">Likewise <c>--momentum</c>.</param>
internal sealed class LearningOptions(Option<double> rate, Option<double> momentum)
{
    private readonly Option<string> _optimizer = Options.OneOf("--optimizer", Learning.Standard.Optimizer, Optimizer.Names, "What steps");

    private readonly Option<string> _schedule = Options.OneOf("--schedule", Learning.Standard.Schedule, Schedules.Names, "How the rate changes over all epochs");

    private readonly Option<int> _warmup = Options.Whole("--warmup", 0, "Steps in which the rate rises from 0 first", least: 0);

    private readonly Option<double?> _clip = Options.OptionalReal("--clip-norm", "The most that the norm of all gradients together may be; larger ones are scaled  [default: no limit]", v => v > 0, "a positive number");

    private readonly Option<double?> _decay = Options.OptionalReal("--weight-decay", "What each step takes of weights and filters, times the rate  [default: 0.01 for adamw, else 0]", v => v >= 0, "a number of at least 0");

    private readonly Option<double?> _average = Options.OptionalReal("--average", "Validates and keeps the moving average of the parameters, of which each step keeps this much, as 0.999  [default: the parameters themselves]", v => v is >= 0 and < 1, "a number from 0 to less than 1");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_optimizer, _schedule, _warmup, _clip, _decay, _average]) command.Add(option);
    }

    /// <summary>What was asked for, and the rate: where none was given, the optimizer's own.</summary>
    /// <exception cref="UsageException">Momentum was given to an optimizer that has none.</exception>
    public (Learning Learning, double Rate) Of(ParseResult parsed)
    {
        var learning = new Learning(
            parsed.GetRequiredValue(_optimizer), parsed.GetRequiredValue(_schedule), parsed.GetValue(_warmup), parsed.GetValue(_clip), parsed.GetValue(_decay), parsed.GetValue(_average));
        if (!learning.HasMomentum && parsed.GetResult(momentum) is { Implicit: false })
            throw new UsageException($"{momentum.Name}: {learning.Optimizer} has no momentum to set; {string.Join(" and ", Optimizer.Names.Where(Optimizer.HasMomentum))} have one");
        return (learning, parsed.GetResult(rate) is { Implicit: false } ? parsed.GetValue(rate) : Optimizer.UsualRate(learning.Optimizer));
    }
}
