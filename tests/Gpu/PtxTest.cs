using System.Text.RegularExpressions;
using AutoDiffAE.Cli;
using AutoDiffAE.Cpu;
using AutoDiffAE.Gpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Properties;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>What CUDA would be given for compute capability 8.0: straight-line code over registers and global memory.</summary>
public sealed partial class PtxTest
{
    public static TheoryData<string> Operations => DeviceLawsTest.Operations;

    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    [DeviceTheory("CPU")]
    [MemberData(nameof(Operations))]
    public void Kernels_of_every_operation_and_its_gradient_are_sound(string operation)
    {
        var sample = Sample.Of(new Case(1, 3), d => [Samplers[operation].Build(d)]);
        Expr[] wanted = [.. sample.Outputs, .. sample.Outputs.SelectMany(y => Tape.Of(y.Sum(), sample.Wrt.Select(x => x.Variable)).Results.OfType<Expr>())];
        var computation = new Computation([.. sample.Inputs.Select(i => i.Variable)], [.. wanted]);
        Sound(Devices.Ptx<float>(Compiler.Compile<float>(computation).Plan, new Dictionary<string, long> { ["n"] = 3 }));
        Sound(Devices.Ptx<double>(Compiler.Compile<double>(computation).Plan, new Dictionary<string, long> { ["n"] = 3 }));
    }

    [IlgpuFact]
    public void Kernels_of_the_networks_are_sound_and_few()
    {
        foreach (var network in new[] { MeasuredNetwork.Standard(), MeasuredNetwork.Second() })
        {
            var step = TrainingStep.Of(network.Name == "step" ? new AutoDiffAE.Autoencoders.ConvolutionalAutoencoder(28, 28).Build : SecondNetwork.Build, network.Optimizer, 16, new CpuBackend(1), 1);
            var kernels = Devices.Ptx<float>(step.Function.Plan, new Dictionary<string, long> { ["n"] = 16 });
            Sound(kernels);
            if (network.Name == "step") Assert.InRange(kernels.Count, 5, 39);
        }
    }

    private static void Sound(IReadOnlyList<(string Name, string Text)> kernels) => Assert.All(kernels, kernel =>
    {
        Assert.DoesNotContain(".local ", kernel.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Calls(), kernel.Text);
        Assert.Matches(Stores(), kernel.Text);
        Assert.DoesNotMatch(Anywhere(), kernel.Text);
    });

    [GeneratedRegex(@"^\s*(@%p\d+ )?call", RegexOptions.Multiline)]
    private static partial Regex Calls();

    [GeneratedRegex(@"st\.global\.[bf](32|64)")]
    private static partial Regex Stores();

    /// <summary>An access of which it is not known that it is to global memory.</summary>
    [GeneratedRegex(@"^\s*(@%p\d+ )?(ld|st)\.[bfsu](32|64)", RegexOptions.Multiline)]
    private static partial Regex Anywhere();
}
