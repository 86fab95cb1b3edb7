using AutoDiffAE.Cpu;
using AutoDiffAE.Layers;
using AutoDiffAE.Scalars;

namespace AutoDiffAE.Cli;

/// <summary>A device against the processor: every scalar function in both precisions, every operation's gradients and their laws, training steps of both networks, and how long they take.</summary>
internal static class DeviceVerification
{
    private const int Steps = 5;
    private const double FewUnits = 8, Close = 1e-4;

    public static int Run(Context context, IBackend device)
    {
        var output = context.Output;
        output.WriteLine($"device: {device.Name}");
        output.WriteLine($"{Environment.OSVersion}, .NET {Environment.Version}, {typeof(DeviceVerification).Assembly.GetName().Version}");
        output.WriteLine();
        List<(DeviceAccuracy Single, DeviceAccuracy Double)> functions = [];
        foreach (var f in ScalarFunctions.All.TakeWhile(_ => !context.Cancellation.IsCancellationRequested)) functions.Add((DeviceAccuracy.Of<float>(f, device), DeviceAccuracy.Of<double>(f, device)));
        var table = new Table(["function", " float", " at", " double", " at", " other kind"],
            [.. functions.OrderByDescending(f => Math.Max(f.Single.Worst, f.Double.Worst)).Select(f => (System.Collections.Immutable.ImmutableArray<string>)[f.Single.Function, Text(f.Single.Worst), At(f.Single), Text(f.Double.Worst), At(f.Double), $"{f.Single.Strangers.Count + f.Double.Strangers.Count}"])],
            ["all", Text(functions.Max(f => f.Single.Worst)), "", Text(functions.Max(f => f.Double.Worst)), "", $"{functions.Sum(f => f.Single.Strangers.Count + f.Double.Strangers.Count)}"]);
        output.WriteLine("units of the last place between the device and the processor, over numbers of all sizes; values that are infinite or no number on one side only");
        table.Write(context);
        output.WriteLine();
        var sound = functions.All(f => f.Single.Strangers.Count + f.Double.Strangers.Count == 0);
        sound &= Laws(context, device);
        sound &= Network(output, device, "the standard network, 128 images", () => new Autoencoders.ConvolutionalAutoencoder(28, 28).Build(), MeasuredNetwork.Standard(), 128);
        sound &= Network(output, device, "the deeper network, 16 images of 64x64", SecondNetwork.Build, MeasuredNetwork.Second(), 16);
        output.WriteLine(functions.Count(f => Math.Max(f.Single.Worst, f.Double.Worst) > FewUnits) is var far and > 0 ? $"{far} functions are more than {FewUnits} units away somewhere" : $"all functions are within {FewUnits} units");
        output.WriteLine(sound ? "the device does what the processor does" : "the device does not do what the processor does");
        return sound ? ExitCode.Done : ExitCode.Failure;
    }

    /// <summary>Every operation with its gradients; only those that fail have a line.</summary>
    private static bool Laws(Context context, IBackend device)
    {
        List<DeviceLaw> laws = [];
        foreach (var (text, shapes) in DeviceOperations.All.TakeWhile(_ => !context.Cancellation.IsCancellationRequested))
        {
            laws.Add(DeviceLaw.Of(text, shapes, device));
            if (!laws[^1].Holds) context.Output.WriteLine(FormattableString.Invariant($"{text}: {laws[^1].Single:0.0e+0} (float) and {laws[^1].Double:0.0e+0} (double) from the processor; {laws[^1].Fault?.ToString() ?? "all laws hold"}"));
        }
        context.Output.WriteLine(FormattableString.Invariant(
            $"{laws.Count(l => l.Holds)} of {laws.Count} operations with their gradients agree with the processor (at most {laws.Max(l => l.Single):0.0e+0} in float, {laws.Max(l => l.Double):0.0e+0} in double) and obey {string.Join(", ", Checking.GradientCheck.Laws)} by the device's own values"));
        return laws.All(l => l.Holds);
    }

    private static bool Network(TextWriter output, IBackend device, string name, Func<Network> build, MeasuredNetwork network, int batch)
    {
        TrainingStep On(IBackend backend) => TrainingStep.Of(build, network.Optimizer, batch, backend, Environment.ProcessorCount);
        double[] Losses(TrainingStep step) => [.. Enumerable.Range(0, Steps).Select(_ => { step.Run(); return (double)step.Outputs[0].Values[0]; })];
        var (there, here) = (On(device), On(CpuBackend.Shared));
        var apart = Losses(there).Zip(Losses(here), (a, b) => Math.Abs(a - b) / Math.Abs(b)).Max();
        output.WriteLine(FormattableString.Invariant(
            $"{name}: losses of {Steps} steps are {apart:0.0e+0} apart; a step takes {there.Milliseconds():0.00} ms, {here.Milliseconds():0.00} on the processor; {there.Kernels} kernels so far"));
        return apart <= Close;
    }

    private static string Text(double units) => FormattableString.Invariant($"{units:0.#}");

    private static string At(DeviceAccuracy a) => a.At.Length == 0 ? "" : string.Join(" ", a.At.Select(x => FormattableString.Invariant($"{x:g5}")));
}
