using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Layers;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Layers;
using AutoDiffAE.Tests.Optimizers;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>Every layer as it is in training, and its gradients, by kernels: what the processor computes.</summary>
public sealed class DeviceLayersTest
{
    private const int Batch = 3;

    public static TheoryData<string> Cases => [.. LayerCases.All.Select(c => c.Name)];

    [DeviceTheory("CPU")]
    [MemberData(nameof(Cases))]
    public void On_the_simulated_device_they_are_the_processors(string name) => Agree("CPU", name);

    [DeviceTheory("OpenCL", asked: true)]
    [MemberData(nameof(Cases))]
    public void On_OpenCL_they_are_the_processors(string name) => Agree("OpenCL", name);

    private static void Agree(string kind, string name) => Properties.Case.ForAll(d =>
    {
        var sample = LayerCases.All.Single(c => c.Name == name).Build(d);
        var network = sample.Network();
        var (values, updates) = network.Apply(Mode.Training, new Key(1), network.Inputs);
        var cost = (values[0] * Expr.Constant(d.Values(sample.Output, d.Signed))).Sum();
        var used = Traversal.Variables([cost]).ToHashSet();
        ImmutableArray<Expr> wrt = [.. (sample.Indices > 0 ? [] : network.Inputs).Concat(network.Parameters.Where(p => p.IsLearned).Select(p => p.Variable)).Where(used.Contains)];
        ImmutableArray<Expr> outputs = [values[0], .. wrt.IsEmpty ? [] : Gradient.Of(cost, wrt)];
        ImmutableArray<Tensor<double>> inputs = [.. sample.Inputs.Select(sizes => sample.Indices > 0 ? d.Values([Batch, .. sizes], () => d.Int(0, sample.Indices - 1)) : d.Distinct([Batch, .. sizes]))];
        double[] Of(IBackend? backend)
        {
            var store = new Store<double>();
            network.Initialize(store, new Key(5));
            var function = Compiler.Compile(new Computation(network.Inputs, outputs, updates), store, backend);
            // Twice: the second is after the layers' own updates.
            return [.. Enumerable.Range(0, 2).SelectMany(_ => function.Invoke([.. inputs])).SelectMany(t => t.Span.ToArray())];
        }
        Near.All(Of(null), Of(Accelerators.All[kind]), 1e-11);
    }, 1);
}
