#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// Two images, one network: whether both have as many blobs, by the distance of their codes. The tower is one network that is applied twice, so its weights are
// shared (R. Hadsell, S. Chopra, Y. LeCun, CVPR 2006): dotnet run -c Release Siamese.cs [EPOCHS [PAIRS]]
using AutoDiffAE;
using AutoDiffAE.Data;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

var (epochs, pairs) = (args.Length > 0 ? int.Parse(args[0]) : 15, args.Length > 1 ? int.Parse(args[1]) : 3000);
var images = Blobs.Generate(2 * pairs, new BlobOptions(20, 20, Least: 1, Most: 2, LargestRadius: 4), seed: 1);
var pixels = Standardization.Of(images.Examples).Apply(images.Pixels);
var (left, right) = (pixels.Rows(0, pairs), pixels.Rows(pairs, 2 * pairs));
var same = Tensor<float>.Of(Enumerable.Range(0, pairs).Select(i => images.Labels![i] == images.Labels![pairs + i] ? 1f : 0f), pairs, 1);

var tower = Network.Sequential(("input", new Input(1, 20, 20)), ("conv", new Conv2D(8, 5, Formulas.Relu)), ("pool", new MaxPool2D(2)),
    ("deeper", new Conv2D(16, 3, Formulas.Relu)), ("all", new GlobalPool()), ("code", new Dense(4)));
var (a, b) = (new Input(1, 20, 20).On("a"), new Input(1, 20, 20).On("b"));
var network = Network.Of([a, b], [tower.On("tower_a", a), tower.On("tower_b", b)]);

// Codes of equal counts are drawn together, others pushed apart up to a distance of 1.
var target = Expr.Variable("target", "n", 1);
var codes = network.Outputs;
var distance = ((codes[0] - codes[1]).Square().Sum([1], keepDims: true) + 1e-6).Sqrt();
var loss = (target * distance.Square() + (1 - target) * (1 - distance).Relu().Square()).Mean();
var task = new TrainingTask([.. network.Inputs, target], loss, loss, network.Parameters, []);
var trainer = new Trainer(task, new Adam(0.003), new TrainingOptions(epochs, 32));
var held = pairs / 5;
Examples[] Part(int from, int to) => [left.Rows(from, to), right.Rows(from, to), same.Rows(from, to)];
var history = trainer.Fit([.. Part(held, pairs)], [.. Part(0, held)]).History;

var judge = Compiler.Compile(new Computation(task.Inputs[..2], [distance]), trainer.Store);
var distances = judge.Invoke(left.Rows(0, held), right.Rows(0, held))[0];
var judged = Enumerable.Range(0, held).Count(i => (distances.Span[i] < 0.5f) == (same.Span[i] > 0.5f));
Console.WriteLine($"loss {history.Epochs[0].ValidationError:0.000} after the first epoch, {history.Best!.ValidationError:0.000} at best; {100.0 * judged / held:0.0}% of pairs that were held back are judged right");
