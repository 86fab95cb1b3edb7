using System.Collections.Immutable;
using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Training;

public class TrainerTests
{
    private static readonly Tensor<float> Numbers = Tensor<float>.Build([70, 6], v => Philox.Normal(new Key(1), v));

    private static readonly ImmutableArray<Examples> Train = [Numbers.Rows(0, 50)], Validation = [Numbers.Rows(50, 70)];

    private static Network Line() => Network.Sequential(("input", new Input(6)), ("code", new Dense(3)), ("output", new Dense(6)));

    private static Trainer Over(Network network, int epochs, double rate = 0.1, ulong seed = 1) =>
        new(TrainingTask.Reconstruction(network), new NesterovMomentum(rate, 0.9), new TrainingOptions(epochs, 16, seed));

    private sealed class Watcher(Action<EpochRecord> seen) : ITrainingView
    {
        public R During<R>(int epoch, int batches, Func<Action<int, double>, R> work) => work((_, _) => { });

        public void Completed(EpochRecord epoch, bool best) => seen(epoch);
    }

    [Fact]
    public void The_error_falls_and_the_store_keeps_the_best()
    {
        var trainer = Over(Line(), 30);
        var before = trainer.Error(Validation);
        var result = trainer.Fit(Train, Validation);
        Assert.IsType<TrainingEnd.Completed>(result.End);
        Assert.Equal(30, result.History.Epochs.Length);
        Assert.True(result.Best!.ValidationError < 0.6 * before);
        Assert.Equal(result.History.Epochs.Min(e => e.ValidationError), result.Best.ValidationError);
        Assert.Equal(result.Best.ValidationError, trainer.Error(Validation), 1e-6);
    }

    /// <summary>The averages' recurrence by hand beside the parameters after each epoch, which the same training without averages goes through.</summary>
    [Fact]
    public void Averages_are_validated_with_and_kept()
    {
        const double Decay = 0.7;
        // One batch, so that an epoch is a step.
        Trainer Of(Optimizer optimizer, int epochs) => new(TrainingTask.Reconstruction(Line()), optimizer, new TrainingOptions(epochs, 50));
        var (sums, weight, errors) = (new Dictionary<string, double[]>(), 0.0, new List<double>());
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            var plain = Of(new NesterovMomentum(0.1, 0.9), epoch);
            TrainingCheckpoint? last = null;
            plain.Fit(Train, Validation, completed: c => last = c);
            weight = Decay * weight + 1;
            foreach (var parameter in plain.Parameters)
            {
                var now = last!.Parameters[parameter.Name].Span.ToArray();
                sums[parameter.Name] = [.. sums.GetValueOrDefault(parameter.Name, new double[now.Length]).Zip(now, (s, v) => Decay * s + v)];
                plain.Store[parameter.Variable] = Tensor<float>.Of(sums[parameter.Name].Select(s => (float)(s / weight)), [.. plain.Store[parameter.Variable].Sizes]);
            }
            errors.Add(plain.Error(Validation));
        }
        var averaged = Of(new NesterovMomentum(0.1, 0.9).Averaged(Decay), 5);
        var result = averaged.Fit(Train, Validation);
        Assert.Equal(errors, result.History.Epochs.Select(e => e.ValidationError), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(5, result.Best!.Epoch);
        Assert.All(averaged.Parameters, p => Assert.Equal(sums[p.Name].Select(s => s / weight), averaged.Store[p.Variable].Span.ToArray().Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-5));
        Assert.Equal(result.Best.ValidationError, averaged.Error(Validation), 1e-6);
    }

    [Fact]
    public void The_same_seed_gives_the_same_training()
    {
        double[] Errors(ulong seed) => [.. Over(Line(), 3, seed: seed).Fit(Train, Validation).History.Epochs.Select(e => e.TrainError)];
        Assert.Equal(Errors(4), Errors(4));
        Assert.NotEqual(Errors(4), Errors(5));
    }

    [Fact]
    public void An_interruption_keeps_the_best_so_far()
    {
        using var stop = new CancellationTokenSource();
        var result = Over(Line(), 1000).Fit(Train, Validation, new Watcher(e => { if (e.Epoch == 3) stop.Cancel(); }), cancellation: stop.Token);
        Assert.IsType<TrainingEnd.Cancelled>(result.End);
        Assert.Equal(3, result.History.Epochs.Length);
        Assert.NotNull(result.Best);
    }

    [Fact]
    public void An_interruption_of_the_first_epoch_keeps_what_there_is()
    {
        var saved = new List<Snapshot>();
        var result = Over(Line(), 10).Fit(Train, Validation, improved: saved.Add, cancellation: new CancellationToken(canceled: true));
        Assert.IsType<TrainingEnd.Cancelled>(result.End);
        Assert.Equal(result.Best, Assert.Single(saved));
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training()
    {
        var result = Over(Line(), 50, rate: 1e20).Fit(Train, Validation);
        Assert.Equal(1, Assert.IsType<TrainingEnd.Diverged>(result.End).Epoch);
        Assert.Null(result.Best);
    }

    [Fact]
    public void Targets_of_their_own_can_be_learned()
    {
        var network = Network.Sequential(("input", new Input(6)), ("sum", new Dense(1)));
        var sums = Tensor<float>.Of(Enumerable.Range(0, 70).Select(i => Enumerable.Range(0, 6).Sum(j => Numbers[i, j])), 70, 1);
        var trainer = new Trainer(TrainingTask.Prediction(network), new NesterovMomentum(0.05), new TrainingOptions(60, 16));
        var result = trainer.Fit([Train[0], sums.Rows(0, 50)], [Validation[0], sums.Rows(50, 70)]);
        Assert.True(result.Best!.ValidationError < 1e-4);
    }

    [Fact]
    public void A_transform_changes_what_is_trained_on_and_not_what_validates()
    {
        static void Doubled(Key key, Buffer<float> batch, Buffer<float> result)
        {
            for (var i = 0; i < batch.Length; i++) result.Span[i] = 2 * batch.Span[i];
        }
        Trainer With(BatchTransform? transform) =>
            new(TrainingTask.Reconstruction(Line()), new NesterovMomentum(0.1, 0.9), new TrainingOptions(3, 16, 1, transform));
        Examples doubled = Tensor<float>.Of(Train[0].ToTensor().Span.ToArray().Select(x => 2 * x), 50, 6);
        var (transformed, plain) = (With(new(Doubled)).Fit(Train, Validation), With(null).Fit([doubled], Validation));
        Assert.Equal(plain.History.Epochs.Select(e => (e.TrainError, e.ValidationError)), transformed.History.Epochs.Select(e => (e.TrainError, e.ValidationError)));
    }

    [Fact]
    public void Batches_made_ahead_give_the_same_numbers()
    {
        Trainer With(bool prefetch) => new(TrainingTask.Reconstruction(Line()), new NesterovMomentum(0.1, 0.9), new TrainingOptions(4, 16, 1, Prefetch: prefetch));
        double[] Errors(bool prefetch) => [.. With(prefetch).Fit(Train, Validation).History.Epochs.SelectMany(e => new[] { e.TrainError, e.ValidationError })];
        Assert.Equal(Errors(false), Errors(true));
    }

    [Fact]
    public void What_goes_wrong_while_a_batch_is_made_ahead_is_told()
    {
        static void Failing(Key key, Buffer<float> batch, Buffer<float> result) => throw new DataException("the disk is gone");
        var trainer = new Trainer(TrainingTask.Reconstruction(Line()), new NesterovMomentum(0.1), new TrainingOptions(2, 16, 1, new(Failing), Prefetch: true));
        Assert.Contains("the disk is gone", Assert.Throws<DataException>(() => trainer.Fit(Train, Validation)).Message);
    }

    [Fact]
    public void Patience_ends_a_training_that_no_longer_improves()
    {
        var trainer = new Trainer(TrainingTask.Reconstruction(Line()), new Sgd(1e-30), new TrainingOptions(50, 16, Patience: 3));
        var result = trainer.Fit(Train, Validation);
        Assert.Equal(3, Assert.IsType<TrainingEnd.Patient>(result.End).Epochs);
        Assert.Equal(result.Best!.Epoch + 3, result.History.Epochs[^1].Epoch);
    }

    [Fact]
    public void A_checkpoint_is_told_after_each_epoch_and_a_training_goes_on_from_it()
    {
        var seen = new List<TrainingCheckpoint>();
        var whole = Over(Line(), 5).Fit(Train, Validation, completed: seen.Add);
        Assert.Equal([1, 2, 3, 4, 5], seen.Select(c => c.Epoch));
        var rest = Over(Line(), 5).Fit(Train, Validation, from: seen[2]);
        Assert.Equal(whole.History.Epochs.Select(e => (e.Epoch, e.TrainError, e.ValidationError)), rest.History.Epochs.Select(e => (e.Epoch, e.TrainError, e.ValidationError)));
        Assert.All(whole.Best!.Values, v => Assert.Equal(v.Value.Span.ToArray(), rest.Best!.Values[v.Key].Span.ToArray()));
    }

    [Fact]
    public void Rates_are_tried_until_the_loss_explodes()
    {
        var found = RateFinder.Of(TrainingTask.Reconstruction(Line()), new Sgd(), new TrainingOptions(1, 16), Train, 1e-3, 1e4, 60);
        Assert.InRange(found.Steps.Length, 20, 59);
        Assert.Equal(1e-3, found.Steps[0].Rate, 1e-12);
        // The loss is quadratic: a step of it diverges beyond some rate, and a tenth of the best one trains.
        Assert.InRange(found.Suggested, 1e-3, found.Steps[^1].Rate / 5);
        Assert.IsType<TrainingEnd.Completed>(Over(Line(), 3, found.Suggested).Fit(Train, Validation).End);
        Assert.Equal(double.NaN, new RateFinder([.. Enumerable.Range(1, 50).Select(i => (i * 1e-3, 1 + 0.01 * (i % 3)))]).Suggested);
        Assert.Throws<ArgumentOutOfRangeException>(() => RateFinder.Of(TrainingTask.Reconstruction(Line()), new Sgd(), new TrainingOptions(1, 16), Train, 1, 0.1));
    }

    [Fact]
    public void The_table_is_plain_when_nobody_watches_a_terminal()
    {
        var text = new StringWriter();
        Over(Line(), 2).Fit(Train, Validation, new EpochTable(text, interactive: false));
        var lines = text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("epoch", lines[0]);
        Assert.StartsWith("    1", lines[1]);
        Assert.DoesNotContain("\u001b", text.ToString());
    }
}
