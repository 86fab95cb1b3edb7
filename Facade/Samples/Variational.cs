#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// A variational autoencoder in plain terms, and images that it draws from noise (D. Kingma, M. Welling, 2014): dotnet run -c Release Variational.cs [EPOCHS [IMAGES]]
using AutoDiffAE;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Reports;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

var (epochs, count) = (args.Length > 0 ? int.Parse(args[0]) : 40, args.Length > 1 ? int.Parse(args[1]) : 4000);
var images = Blobs.Generate(count, new BlobOptions(16, 16, Least: 1, Most: 1), seed: 1);
var scale = Standardization.Of(images.Examples);
var pixels = scale.Apply(images.Pixels).Reshape(count, 256);

const int Code = 4;
var encoder = Network.Sequential(("x", new Input(256)), ("e1", new Dense(128, Formulas.Relu)), ("statistics", new Dense(2 * Code)));
var decoder = Network.Sequential(("z", new Input(Code)), ("d1", new Dense(128, Formulas.Relu)), ("image", new Dense(256)));

// z = mean + deviation * noise: the noise has no parameters, so the gradient reaches both. Each step has noise of its own.
var (x, step) = (encoder.Input, Parameter.Of("noise", "step", [], AutoDiffAE.Initializers.Init.Constant(0), Parameter.Statistic));
var (mean, logarithm) = (encoder.Output.Slice(1, new(0, Code)), encoder.Output.Slice(1, new(Code, Code)));
var z = mean + (0.5 * logarithm).Exp() * Formulas.Normal(new Key(3), mean.Shape, step.Variable);
var divergence = 0.5 * (mean.Square() + logarithm.Exp() - logarithm - 1).Sum([1]).Mean();
var error = (decoder.Apply(z) - x).Square().Mean();
var task = new TrainingTask([x], error + 0.5 * divergence / 256, (decoder.Apply(mean) - x).Square().Mean(), [.. encoder.Parameters, .. decoder.Parameters, step], [new(step.Variable, step.Variable + 1)]);

var trainer = new Trainer(task, new Adam(0.002), new TrainingOptions(epochs, 64));
var held = count / 5;
var history = trainer.Fit([pixels.Rows(held, count)], [pixels.Rows(0, held)]).History;
Console.WriteLine($"squared error {history.Epochs[0].ValidationError:0.000} after the first epoch, {history.Best!.ValidationError:0.000} at best");

var draw = Compiler.Compile(new Computation([decoder.Input], [decoder.Output]), trainer.Store);
var drawn = draw.Invoke(Tensor<float>.Build([60, Code], v => Philox.Normal(new Key(4), v)))[0];
Png.Write("drawn.png", ContactSheet.Grid(scale.Undo(drawn.Reshape(60, 1, 16, 16))));
