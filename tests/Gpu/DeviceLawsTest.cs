using AutoDiffAE.Properties;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>
/// Every operation and its gradients by kernels, against their meaning, and against differences that kernels computed. On OpenCL a kernel takes a compiler a
/// quarter of a second, so there are fewer samples, in float alone; AUTODIFFAE_DEVICE_CASES asks for more of each, in both precisions, and for as many random graphs as twenty times that.
/// </summary>
public sealed class DeviceLawsTest
{
    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("AUTODIFFAE_DEVICE_CASES"), out var count) ? count : null;

    private static readonly Dictionary<string, Sampler> Samplers = ScalarSamplers.All.Concat(OpSamplers.All).ToDictionary(s => s.Name);

    public static TheoryData<string> Operations => [.. Samplers.Keys];

    [DeviceTheory("CPU")]
    [MemberData(nameof(Operations))]
    public void On_the_simulated_device_they_have_their_meaning(string operation) => Agrees("CPU", Samplers[operation].Build, 2);

    [DeviceTheory("OpenCL")]
    [MemberData(nameof(Operations))]
    public void On_OpenCL_they_have_their_meaning(string operation) => Agrees("OpenCL", Samplers[operation].Build, 1);

    /// <summary>Differences of values that kernels computed say what gradients that kernels computed are.</summary>
    [DeviceTheory("CPU")]
    [MemberData(nameof(Operations))]
    public void Laws_hold_on_the_simulated_device(string operation) => Laws("CPU", operation);

    [DeviceTheory("OpenCL", asked: true)]
    [MemberData(nameof(Operations))]
    public void Laws_hold_on_OpenCL(string operation) => Laws("OpenCL", operation);

    private static void Laws(string kind, string operation)
    {
        var options = Oracle.Options with { Evaluator = new Compiled<double>(Accelerators.All[kind]), SkipKinks = true };
        foreach (var law in (Law[])[Law.Gradient, Law.Second, Law.Adjoint, Law.Linearity])
            foreach (var seed in Enumerable.Range(0, Asked ?? 1))
                law.Check(Sample.Of(new Case(seed, 3), d => [Samplers[operation].Build(d)]), options);
    }

    [DeviceTheory("CPU")]
    [InlineData(50)]
    public void Random_graphs_do_on_the_simulated_device(int graphs) => Graphs("CPU", Asked * 20 ?? graphs);

    [DeviceTheory("OpenCL")]
    [InlineData(50)]
    public void Random_graphs_do_on_OpenCL(int graphs) => Graphs("OpenCL", Asked * 20 ?? graphs);

    private static void Agrees(string kind, Func<Draw, AutoDiffAE.Graph.Expr> build, int cases)
    {
        foreach (var seed in Enumerable.Range(0, Asked ?? cases))
            Agrees(kind, Sample.Of(new Case(seed, 3), d => [build(d)]));
    }

    private static void Graphs(string kind, int count)
    {
        foreach (var seed in Enumerable.Range(0, count))
            Agrees(kind, Sample.Of(new Case(seed, 1 + seed % 4), d => GraphDraw.Graph(d, smooth: true, Oracle.Options.Evaluator)));
    }

    private static void Agrees(string kind, Sample sample)
    {
        if (kind == "CPU" || Asked is not null) AgreementLaw.Holds(sample, Oracle.Options, new Compiled<double>(Accelerators.All[kind]), 1e-12);
        AgreementLaw.Holds(sample, Oracle.Options, new Compiled<float>(Accelerators.All[kind]), 2e-5);
    }
}
