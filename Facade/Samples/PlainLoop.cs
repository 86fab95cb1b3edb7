#:property PublishAot=false
#:project ../AutoDiffAE.Facade.csproj
// Training without a trainer, layers or optimisers: dotnet run -c Release PlainLoop.cs [STEPS]
using AutoDiffAE;
using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;

var (x, y, w, v) = (Expr.Variable("x", "n", 2), Expr.Variable("y", "n"), Expr.Variable("w", 2, 16), Expr.Variable("v", 16));
var loss = ((x.MatMul(w).Tanh() * v).Sum([1]) - y).Square().Mean();
var store = new Store<float> { [w] = Tensor<float>.Build([2, 16], n => Philox.Normal(new Key(1), n)), [v] = Tensor<float>.Full(0.1f, 16) };
var step = Compiler.Compile<float>(new Computation([x, y], [loss], [.. new[] { w, v }.Zip(Gradient.Of(loss, [w, v]), (p, g) => new Update(p, p - 0.05 * g))]), store);
var points = Tensor<float>.Build([256, 2], n => Philox.Normal(new Key(2), n));
var products = Tensor<float>.Of(Enumerable.Range(0, 256).Select(i => points[i, 0] * MathF.Abs(points[i, 1])), 256);
for (var i = 0; i < (args.Length > 0 ? int.Parse(args[0]) : 2000); i++)
    if (step.Invoke(points, products)[0] is var error && (i & i - 1) == 0) Console.WriteLine($"step {i,5}: {error.Value:0.0000}");
