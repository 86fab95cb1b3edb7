using System.Collections.Immutable;
using System.Numerics;
using AutoDiffAE.Planning;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace AutoDiffAE.Gpu;

/// <summary>The assembly text that CUDA would be given; it needs no device.</summary>
internal static class PtxText
{
    /// <summary>The text of each kernel of a plan, for compute capability 8.0.</summary>
    public static ImmutableArray<(string Name, string Text)> Of<T>(Plan plan, IReadOnlyDictionary<string, long> names) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).EnableAlgorithms().WithFusedMultiplyAdd());
        using var backend = new PTXBackend(context, new CudaCapabilityContext(CudaArchitecture.SM_80), CudaArchitecture.SM_80, CudaInstructionSet.ISA_78, null);
        return [.. GpuPlan.Of<T>(plan, names).Kernels.Select(kernel =>
        {
            var entry = kernel.Tiled is { } tiled ? EntryPointDescription.FromExplicitlyGroupedKernel(tiled) : EntryPointDescription.FromImplicitlyGroupedKernel(kernel.Each);
            var compiled = (PTXCompiledKernel)backend.Compile(entry, KernelSpecialization.Empty);
            return (kernel.Name, compiled.PTXAssembly);
        })];
    }
}
