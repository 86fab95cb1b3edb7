using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Cpu;
using AutoDiffAE.Planning;
using AutoDiffAE.Tensors;

namespace AutoDiffAE.Tests.Core.Cpu;

/// <summary>A plan of known sizes run on its own, so that what two plans make of one graph can be compared.</summary>
internal static class PlanRun
{
    /// <summary>The results, in double whatever they were computed in.</summary>
    public static double[][] Of<T>(Plan plan, Tensor<double>[] inputs, CpuBackend backend) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var given = inputs.Select(t => new Buffer<T>(t.Cast<T>())).ToArray();
        var results = plan.External.Skip(given.Length).Select(s => new Buffer<T>(plan.Slots[s].Shape.Evaluate(ImmutableDictionary<string, long>.Empty))).ToArray();
        backend.Lower<T>(plan).Bind(ImmutableDictionary<string, long>.Empty).Run([.. given, .. results]);
        return [.. results.Select(r => r.ToTensor().Cast<double>().Span.ToArray())];
    }
}
