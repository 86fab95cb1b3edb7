using AutoDiffAE.Graph;
using AutoDiffAE.Objectives;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>Objectives, penalties and their gradients by kernels have their meaning.</summary>
public sealed class DeviceObjectivesTest
{
    private static readonly Expr X = Expr.Variable("x", 4, 3), T = Expr.Variable("t", 4, 3), Index = Expr.Variable("index", 4), W = Expr.Variable("w", 4);

    /// <summary>Predictions and targets are probabilities, the third example counts for nothing.</summary>
    private static readonly (Expr Variable, Tensor<double> Value)[] Values =
    [
        (X, Tensor<double>.Of([0.2, 0.5, 0.3, 0.6, 0.15, 0.25, 0.3, 0.3, 0.4, 0.05, 0.9, 0.05], 4, 3)),
        (T, Tensor<double>.Of([0.1, 0.6, 0.3, 0.25, 0.5, 0.25, 1, 0, 0, 0, 1, 0], 4, 3)),
        (Index, Tensor<double>.Of([2.0, 0, 1, 1], 4)), (W, Tensor<double>.Of([1.0, 2, 0, 0.5], 4)),
    ];

    private static readonly Dictionary<string, Expr> Losses = new()
    {
        ["squared"] = Criteria.SquaredError.Mean(W)(X, T),
        ["absolute"] = Criteria.AbsoluteError.WeightedMean(W)(X, T),
        ["huber"] = Criteria.Huber(0.15).Sum(W)(X, T),
        ["binary"] = Criteria.BinaryCrossEntropy.Mean(W)(X, T),
        ["binary of logits"] = Criteria.BinaryCrossEntropyWithLogits.Mean(W)(X, T),
        ["categorical"] = Criteria.CategoricalCrossEntropy.Mean(W)(X, T),
        ["categorical by index"] = Criteria.CategoricalCrossEntropy.Mean(W)(X, Index),
        ["categorical of logits"] = Criteria.CategoricalCrossEntropyWithLogits.WeightedMean(W)(X, T),
        ["hinge"] = Criteria.Hinge(0.4).Mean(W)(X, T),
        ["multiclass hinge"] = Criteria.MulticlassHinge(0.4).Mean(W)(X, Index),
        ["kullback"] = Criteria.KullbackLeibler.Mean(W)(X, T),
        ["poisson"] = Criteria.Poisson.Mean(W)(X, T),
        ["cosine"] = Criteria.Cosine.Mean(W)(X, T),
        ["elastic"] = Penalties.Elastic(0.5, 2)(X),
        ["sparsity"] = Penalties.Sparsity(0.1)(X),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [DeviceTheory("CPU")]
    [MemberData(nameof(Names))]
    public void On_the_simulated_device_they_have_their_meaning(string name) => Agree("CPU", name);

    [DeviceTheory("OpenCL")]
    [MemberData(nameof(Names))]
    public void On_OpenCL_they_have_their_meaning(string name) => Agree("OpenCL", name);

    private static void Agree(string kind, string name)
    {
        Expr[] asked = [Losses[name], Gradient.Of(Losses[name], X)];
        var expected = Oracle.Evaluate(asked, Values);
        var found = Compiler.Compile(new Computation([.. Values.Select(v => v.Variable)], [.. asked]), new Store<double>(), Accelerators.All[kind])
            .Invoke([.. Values.Select(v => v.Value)]);
        Assert.All(expected.Zip(found), pair => Optimizers.Near.All(pair.First.Span.ToArray(), pair.Second.Span.ToArray(), 1e-12));
    }
}
