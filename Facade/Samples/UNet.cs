#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// A small U-Net takes noise out of images of blobs: what is seen at full size goes around the narrow middle: dotnet run -c Release UNet.cs [EPOCHS [IMAGES]]
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

var (epochs, count) = (args.Length > 0 ? int.Parse(args[0]) : 8, args.Length > 1 ? int.Parse(args[1]) : 2000);
var clean = Standardization.Of(Blobs.Generate(count, new BlobOptions(16, 16, LargestRadius: 4), seed: 1).Examples).Apply(Blobs.Generate(count, new BlobOptions(16, 16, LargestRadius: 4), seed: 1).Pixels);
var noise = Tensor<float>.Build(clean.Sizes, v => Philox.Normal(new Key(2), v));
var noisy = Tensor<float>.Build(clean.Sizes, v => { for (var i = 0; i < v.Length; i++) v[i] = clean.Span[i] + noise.Span[i]; });

Node Conv(string name, int filters, Node x) => new Conv2D(filters, 3, Formulas.Relu, Border.Same).On(name, x);
var image = new Input(1, 16, 16).On("image");
var wide = Conv("down", 8, image);
var middle = Conv("middle", 16, new MaxPool2D(2).On("pool", wide));
var joined = new Concat().On("skip", wide, new Unpool(2).On("unpool", middle));
var network = Network.Of([image], [new Conv2D(1, 3, Border: Border.Same).On("out", Conv("up", 8, joined))]);
foreach (var line in NetworkTable.Lines(network)) Console.WriteLine(line);

var trainer = new Trainer(TrainingTask.Prediction(network), new Adam(0.005), new TrainingOptions(epochs, 32));
var held = count / 5;
var result = trainer.Fit([noisy.Rows(held, count), clean.Rows(held, count)], [noisy.Rows(0, held), clean.Rows(0, held)]);
Console.WriteLine($"squared error of the noisy images {noise.Span.ToArray().Average(e => e * e):0.000}, after the network {result.History.Best!.ValidationError:0.000}");
