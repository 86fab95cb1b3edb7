#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// The adding problem: of twelve numbers two are marked, and their sum is asked for; a network has to remember them (S. Hochreiter, J. Schmidhuber, 1997). The
// LSTM is unrolled over the sequence: dotnet run -c Release Lstm.cs [EPOCHS [SEQUENCES]]
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

const int Length = 12;
var (epochs, count) = (args.Length > 0 ? int.Parse(args[0]) : 25, args.Length > 1 ? int.Parse(args[1]) : 4000);
var random = new Random(1);
var sums = new float[count];
var sequences = Tensor<float>.Build([count, Length, 2], values =>
{
    for (var i = 0; i < count; i++)
    {
        var (first, second) = (random.Next(Length / 2), Length / 2 + random.Next(Length / 2));
        for (var t = 0; t < Length; t++)
        {
            var at = 2 * (i * Length + t);
            (values[at], values[at + 1]) = (random.NextSingle(), t == first || t == second ? 1 : 0);
            sums[i] += values[at] * values[at + 1];
        }
    }
});
var wanted = Tensor<float>.Of(sums, count, 1);

var network = Network.Sequential(("input", new Input(Length, 2)), ("lstm", new AutoDiffAE.Layers.Lstm(24, Last: true)), ("sum", new Dense(1)));
var trainer = new Trainer(TrainingTask.Prediction(network), new Adam(0.01), new TrainingOptions(epochs, 64));
var held = count / 5;
var history = trainer.Fit([sequences.Rows(held, count), wanted.Rows(held, count)], [sequences.Rows(0, held), wanted.Rows(0, held)]).History;
Console.WriteLine($"squared error {history.Epochs[0].ValidationError:0.0000} after the first epoch (always saying 1 gives 0.1667), {history.Best!.ValidationError:0.0000} at best");
