#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// Poisson's equation by a network: u'' = -π² sin πx on [0, 1] with u = 0 at both ends, whose solution is sin πx. The loss has second derivatives of the
// network by its input, so its gradient has third ones; each is a call of Gradient.Of: dotnet run -c Release Poisson.cs [STEPS]
using AutoDiffAE;
using AutoDiffAE.Graph;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Tensors;

var (w, b, v) = (Expr.Variable("w", 1, 24), Expr.Variable("b", 24), Expr.Variable("v", 24, 1));
var x = Expr.Variable("x", "n", 1);

// The factor x (1 - x) is 0 at both ends, whatever the network says.
var u = x * (1 - x) * (x.MatMul(w) + b).Tanh().MatMul(v);
var first = Gradient.Of(u.Sum(), x);
var second = Gradient.Of(first.Sum(), x);
var loss = (second + Math.PI * Math.PI * (Math.PI * x).Sin()).Square().Mean();

var store = new Store<double>
{
    [w] = Tensor<double>.Build([1, 24], n => Philox.Normal(new Key(1), n)),
    [b] = Tensor<double>.Build([24], n => Philox.Normal(new Key(2), n)),
    [v] = Tensor<double>.Build([24, 1], n => Philox.Normal(new Key(3), n)),
};
var adam = new Adam(0.02).Of(loss, [w, b, v]);
adam.Initialize(store);
var step = Compiler.Compile(new Computation([x], [loss], [.. adam.Updates]), store);
var solution = Compiler.Compile(new Computation([x], [u]), store);
var points = Tensor<double>.Of(Enumerable.Range(0, 41).Select(i => i / 40.0), 41, 1);
var steps = args.Length > 0 ? int.Parse(args[0]) : 3000;
for (var i = 0; i <= steps; i++)
    if (step.Invoke(points)[0] is var residual && i % Math.Max(1, steps / 5) == 0)
        Console.WriteLine($"step {i,5}: residual {residual.Value:0.0e+0}, error {solution.Invoke(points)[0].Span.ToArray().Zip(points.Span.ToArray(), (a, t) => Math.Abs(a - Math.Sin(Math.PI * t))).Max():0.0e+0}");
