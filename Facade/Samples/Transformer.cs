#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// A small transformer learns to write a word backwards: attention has to find the other end: dotnet run -c Release Transformer.cs [EPOCHS [WORDS]]
using AutoDiffAE;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Layers;
using AutoDiffAE.Objectives;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

const int Length = 6, Letters = 8, Width = 32;
var (epochs, count) = (args.Length > 0 ? int.Parse(args[0]) : 30, args.Length > 1 ? int.Parse(args[1]) : 3000);
var random = new Random(1);
var words = Tensor<float>.Of(Enumerable.Range(0, count * Length).Select(_ => (float)random.Next(Letters)), count, Length);
var backwards = Tensor<float>.Of(Enumerable.Range(0, count * Length).Select(i => words.Span[i / Length * Length + Length - 1 - i % Length]), count, Length);

Node Block(string name, Node x)
{
    var seen = new ElemwiseSum().On($"{name}_plus", x, new SelfAttention(4).On($"{name}_attention", new LayerNorm(1).On($"{name}_norm", x)));
    var thought = new Expression((h, p) => (h.MatMul(p("W", [Width, 64])) + p("b", [64])).Relu().MatMul(p("V", [64, Width])), "feed_forward").On($"{name}_forward", new LayerNorm(1).On($"{name}_norm2", seen));
    return new ElemwiseSum().On($"{name}_sum", seen, thought);
}

var input = new Input(Length).On("word");
var letters = new Embedding(Letters, Width, Init.Normal(0.3)).On("letters", input);
var placed = new Expression((h, p) => h + p("place", [Length, Width], Init.Normal(0.3)), "places").On("places", letters);
var scores = new Expression((h, p) => h.MatMul(p("W", [Width, Letters])), "scores").On("scores", Block("second", Block("first", placed)));
var network = Network.Of([input], [scores]);

var target = Expr.Variable("target", "n", Length);
Expr Loss(Expr s) => Losses.CrossEntropy(s.Reshape(Length * (AutoDiffAE.Shapes.Dim)"n", Letters), target.Reshape(Length * (AutoDiffAE.Shapes.Dim)"n"));
var task = new TrainingTask([network.Input, target], Loss(network.Output), Loss(network.Output), network.Parameters, []);
var trainer = new Trainer(task, new Adam(0.003), new TrainingOptions(epochs, 64));
var held = count / 5;
var history = trainer.Fit([words.Rows(held, count), backwards.Rows(held, count)], [words.Rows(0, held), backwards.Rows(0, held)]).History;

var read = Compiler.Compile(new Computation([network.Input], [network.Output]), trainer.Store).Invoke(words.Rows(0, held))[0];
int Best(int at) => Enumerable.Range(0, Letters).MaxBy(l => read.Span[at * Letters + l]);
var right = Enumerable.Range(0, held * Length).Count(at => Best(at) == (int)backwards.Span[at]);
Console.WriteLine($"cross-entropy {history.Epochs[0].ValidationError:0.000} after the first epoch, {history.Best!.ValidationError:0.000} at best; {100.0 * right / (held * Length):0.0}% of letters right");
