#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// The autoencoder of the blog post, from images to a picture of what it makes of them: dotnet run -c Release Seed.cs [EPOCHS [IMAGES]]
using AutoDiffAE;
using AutoDiffAE.Data;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Reports;
using AutoDiffAE.Training;

var (epochs, count) = (args.Length > 0 ? int.Parse(args[0]) : 20, args.Length > 1 ? int.Parse(args[1]) : 5000);
var images = Blobs.Generate(count, new BlobOptions(28, 28), seed: 1);
var split = Split.Of(images);
var pixels = Standardization.Of(split.Train.Examples);

var network = Network.Sequential(
    ("input", new Input(1, 28, 28)),
    ("conv", new Conv2D(32, 7)),
    ("pool", new MaxPool2D(2)),
    ("flatten", new Flatten()),
    ("code", new Dense(40, Activations.Named("relu"))),
    ("hidden", new Dense(32 * 17 * 17, Activations.Named("relu"))),
    ("reshape", new Reshape(32, 17, 17)),
    ("unpool", new Unpool(2)),
    ("deconv", new Conv2D(1, 7)),
    ("output", new Flatten()));

var trainer = new Trainer(TrainingTask.Reconstruction(network), new NesterovMomentum(0.01, 0.975), new TrainingOptions(epochs, 128, Transform: FlipHalf.Transform));
trainer.Fit([pixels.Apply(split.Train.Examples)], [pixels.Apply(split.Validation.Examples)], new EpochTable(Console.Out, interactive: false));

var shown = split.Validation.Rows(0, 20).Pixels;
var reconstruct = Compiler.Compile(new Computation([network.Input], [network.Output]), trainer.Store);
var seen = pixels.Undo(reconstruct.Invoke(pixels.Apply(shown))[0].Reshape(20, 1, 28, 28));
Png.Write("seed.png", ContactSheet.Pairs(shown, seen));
