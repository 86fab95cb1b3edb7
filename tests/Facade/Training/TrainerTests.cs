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
