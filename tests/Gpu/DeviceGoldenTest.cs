using AutoDiffAE.Properties;
using AutoDiffAE.Tests.Golden;
using Xunit;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>Values and gradients that another system computed, by kernels; float and double.</summary>
public sealed class DeviceGoldenTest
{
    public static TheoryData<string> Operations => GoldenTest.Operations;

    public static TheoryData<string> Networks => NetworkTest.Names;

    [DeviceTheory("CPU", shared: true)]
    [MemberData(nameof(Operations))]
    public void On_the_simulated_device_they_are_the_golden_ones(string operation) => Check("CPU", operation);

    [DeviceTheory("OpenCL", shared: true)]
    [MemberData(nameof(Operations))]
    public void On_OpenCL_they_are_the_golden_ones(string operation) => Check("OpenCL", operation);

    [DeviceTheory("CPU", shared: true)]
    [MemberData(nameof(Networks))]
    public void Networks_train_on_the_simulated_device(string name) => Train("CPU", name);

    [DeviceTheory("OpenCL", shared: true)]
    [MemberData(nameof(Networks))]
    public void Networks_train_on_OpenCL(string name) => Train("OpenCL", name);

    private static void Check(string kind, string operation)
    {
        GoldenTest.Check(operation, c => !c.Single, new Compiled<double>(Accelerators.All[kind]), 1e-9);
        GoldenTest.Check(operation, c => c.Single, new Compiled<float>(Accelerators.All[kind]), GoldenTest.InSinglePrecision.GetValueOrDefault(operation, 1e-6));
    }

    private static void Train(string kind, string name)
    {
        var c = GoldenCase.All.Single(c => c.Name == name);
        if (c.Single) NetworkTest.Check<float>(c, 1e-5, Accelerators.All[kind]);
        else NetworkTest.Check<double>(c, 1e-9, Accelerators.All[kind]);
    }
}
