using AutoDiffAE.Graph;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tracing;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

public sealed class DeviceTraceTest
{
    [IlgpuFact]
    public void A_device_names_the_same_node_as_the_processor()
    {
        var x = Expr.Variable("x", "n", 3);
        var log = x.MatMul(Expr.Constant(Tensor<double>.Of([1, 2, 3], 3, 1))).Log();
        var computation = new Computation([x], [log.Sum(), Gradient.Of(log.Sum(), x)]);
        NonFiniteTrace Traced(IBackend? backend, params float[] values) =>
            Compiler.Compile<float>(computation, backend: backend).TraceNonFinite(Tensor<float>.Of(values, values.Length / 3, 3))!;
        var (device, processor) = (Traced(Accelerators.All["CPU"], 1, 2, 3, 0, 0, 0), Traced(null, 1, 2, 3, 0, 0, 0));
        Assert.Same(log, device.First!.Node);
        Assert.Equal((processor.First!.Kind, processor.First.Count, processor.First.Value), (device.First.Kind, device.First.Count, device.First.Value));
        Assert.Equal(processor.Results.Select(r => (r.AsWritten, r.Compiled)), device.Results.Select(r => (r.AsWritten, r.Compiled)));
        Assert.Null(Traced(Accelerators.All["CPU"], 1, 2, 3));
    }
}
