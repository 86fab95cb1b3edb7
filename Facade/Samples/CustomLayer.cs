#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// A layer of one's own: dotnet run CustomLayer.cs [EPOCHS]
using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Initializers;
using AutoDiffAE.Layers;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;

var network = Network.Sequential(
    ("input", new Input(8)),
    ("first", new Highway()),
    ("second", new Highway()),
    ("output", new Dense(8)));
foreach (var row in network.Summary()) Console.WriteLine($"{row.Name,-8} {row.Kind,-8} {row.Output,-8} {row.Parameters,4} parameters");

var numbers = Tensor<float>.Build([512, 8], v => Philox.Normal(new Key(1), v));
var trainer = new Trainer(TrainingTask.Reconstruction(network), new Adam(0.01), new TrainingOptions(args.Length > 0 ? int.Parse(args[0]) : 20, 64));
var history = trainer.Fit([numbers.Rows(0, 448)], [numbers.Rows(448, 512)]).History;
Console.WriteLine($"validation error {history.Epochs[0].ValidationError:0.0000} after the first epoch, {history.Best!.ValidationError:0.0000} at best");

/// <summary>y = t h(x) + (1 - t) x with the gate t = σ(x T + c) and h(x) = tanh(x H + b): R. Srivastava, K. Greff, J. Schmidhuber, 2015.</summary>
public sealed record Highway : Layer
{
    public override string Kind => "highway";

    protected override ImmutableArray<Parameter> Declare(string name, Shape input)
    {
        Require(input.Rank == 2, name, input, "(n, features) would fit");
        var width = Length(name, input, 1);
        return
        [
            Parameter.Of(name, "H", [width, width], Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "b", [width], Init.Constant(0), Parameter.Bias),
            Parameter.Of(name, "T", [width, width], Init.GlorotUniform(), Parameter.Regularizable),
            Parameter.Of(name, "c", [width], Init.Constant(-1), Parameter.Bias), // mostly x, at first
        ];
    }

    protected override LayerOutput Forward(Mode mode, Key key, Expr x, ImmutableArray<Expr> p)
    {
        var gate = (x.MatMul(p[2]) + p[3]).Sigmoid();
        return gate * (x.MatMul(p[0]) + p[1]).Tanh() + (1 - gate) * x;
    }
}
