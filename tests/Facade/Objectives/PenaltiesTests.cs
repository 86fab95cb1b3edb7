using AutoDiffAE.Checking;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Objectives;
using AutoDiffAE.Optimizers;
using AutoDiffAE.Shapes;
using AutoDiffAE.Tensors;
using AutoDiffAE.Training;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Objectives;

public sealed class PenaltiesTests
{
    private static readonly Expr X = Expr.Variable("x", 4, 3);

    private static readonly Tensor<double> Activity = Tensor<double>.Build([4, 3], v =>
    {
        Philox.Uniform(new Key(1), v);
        foreach (ref var value in v) value = 0.05 + 0.9 * value;
    });

    private static void Is(double expected, Expr penalty)
    {
        Assert.Equal(expected, Oracle.Evaluate(penalty, (X, Activity)).Value, 1e-12);
        GradientCheck.Of(penalty, [X], [(X, Activity)]).ThrowIfFailed();
    }

    [Fact]
    public void Are_their_formulas_and_differentiate()
    {
        double[] x = Activity.Span.ToArray();
        Is(x.Sum(), Penalties.L1(X));
        Is(x.Sum(v => v * v), Penalties.L2(X));
        Is(2 * x.Sum() + 3 * x.Sum(v => v * v), Penalties.Elastic(2, 3)(X));
        Is(x.Sum() / 4, Penalties.L1.OfEach(X));
        var rates = Enumerable.Range(0, 3).Select(j => (x[j] + x[3 + j] + x[6 + j] + x[9 + j]) / 4);
        Is(rates.Sum(r => 0.1 * Math.Log(0.1 / r) + 0.9 * Math.Log(0.9 / (1 - r))), Penalties.Sparsity(0.1)(X));
        Assert.Equal(0, Oracle.Evaluate(Penalties.Sparsity(0.3)(X), (X, Tensor<double>.Full(0.3, 4, 3))).Value, 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => Penalties.Sparsity(1));
        Assert.Throws<ShapeException>(() => Penalties.Sparsity(0.5)(Expr.Variable("s")));
    }

    [Fact]
    public void Are_summed_over_the_parameters_with_a_tag()
    {
        var network = Network.Sequential(("input", new Input(3)), ("hidden", new Dense(2)), ("out", new Dense(3)));
        var values = network.Parameters.Select((p, i) => (p.Variable, Tensor<double>.Full(i + 1, [.. p.Variable.Shape.Evaluate(new Dictionary<string, long>())]))).ToList();
        Assert.Equal(6 * 1 + 6 * 9, Oracle.Evaluate(Penalties.L2.Over(network.Parameters), values).Value, 1e-12);
        Assert.Equal(2 * 2 + 3 * 4, Oracle.Evaluate(Penalties.L1.Over(network.Parameters, Parameter.Bias), values).Value, 1e-12);
        Assert.Equal(0, Oracle.Evaluate(Penalties.L1.Over(network.Parameters, "nothing")).Value);
    }

    /// <summary>Codes between 0 and 1 that are half on by themselves are trained to be on a tenth of the time.</summary>
    [Fact]
    public void Codes_become_sparse_where_they_have_to()
    {
        var network = Network.Sequential(("input", new Input(6)), ("code", new Dense(8, x => x.Sigmoid())), ("out", new Dense(6)));
        var codes = network.UpTo("code").Apply(network.Input);
        var images = Tensor<float>.Build([200, 6], v => Philox.Normal(new Key(2), v));
        double Rate(double weight)
        {
            var task = TrainingTask.Reconstruction(network);
            var sparse = task with { Loss = task.Loss + weight * Penalties.Sparsity(0.1)(codes) };
            var trainer = new Trainer(sparse, new Adam(0.02), new TrainingOptions(60, 50));
            trainer.Fit([images], [images]);
            return Compiler.Compile(new Computation([network.Input], [codes.Mean()]), trainer.Store).Invoke(images)[0].Value;
        }
        Assert.InRange(Rate(0), 0.3, 0.7);
        Assert.InRange(Rate(1), 0.08, 0.2);
        Assert.InRange(Rate(10), 0.09, 0.12);
    }
}
