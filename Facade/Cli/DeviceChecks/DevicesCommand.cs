using System.Collections.Immutable;
using System.CommandLine;
using AutoDiffAE.Cpu;
using AutoDiffAE.Data;
using AutoDiffAE.Gpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Cli;

/// <summary><c>devices</c></summary>
internal static class DevicesCommand
{
    /// <summary>What a size that is not given counts for.</summary>
    private const long Typical = 128;

    public static Command Of(Context context)
    {
        var subject = new Argument<string?>("EXPR-or-network") { Description = "With --emit-ptx: step, second, or an expression whose variables have shapes", Arity = ArgumentArity.ZeroOrOne };
        var ptx = Options.Text("--emit-ptx", "DIR", "Writes the CUDA assembly text of each kernel of a network's training step, or of an expression and its gradients; no device is needed");
        var shapes = Options.Several("--shape", "X=(N,3)", "Shapes of the expression's variables");
        var verify = Options.Text("--verify", "NAME", "Checks a device against the processor, every operation, the laws of its gradients, and both networks, times it, and prints a report to send");
        var command = new Command("devices", "Lists what work can run on: memory, limits, driver, and why a device cannot be used.") { subject, ptx, shapes, verify };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(ptx) is { } folder)
                return Emit(context, folder, parsed.GetValue(subject) ?? throw new UsageException("--emit-ptx: name a network, step or second, or an expression"), DeclaredShape.Parse("--shape", parsed.GetRequiredValue(shapes)));
            if (parsed.GetValue(subject) is { } stray) throw new UsageException($"devices {stray}: an expression is for --emit-ptx DIR");
            if (parsed.GetValue(verify) is { } name) return DeviceVerification.Run(context, RunsOn.Opened("--verify", name));
            List(context.Output);
            return ExitCode.Done;
        });
        return command;
    }

    private static void List(TextWriter output)
    {
        output.WriteLine($"cpu: {Environment.ProcessorCount} cores, vectors of {LaneBits()} bits");
        if (Devices.Unavailable is { } reason) output.WriteLine($"no other device: {reason}");
        foreach (var (name, device) in Devices.Names.Zip(Devices.All.Where(d => d.Unusable is null).GroupBy(d => d.Kind).SelectMany(k => k))) output.WriteLine(Line(name, device));
        foreach (var device in Devices.All.Where(d => d.Unusable is not null)) output.WriteLine($"{device.Kind} {device.Name} cannot be used: {device.Unusable}");
    }

    private static string Line(string name, Device d) => FormattableString.Invariant(
        $"{name}: {d.Name}, {d.MemoryBytes / (1024.0 * 1024 * 1024):0.0} GiB, {d.Multiprocessors} multiprocessors, groups of at most {d.MaxGroupSize} threads; {d.Driver}");

    private static int LaneBits() => System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? 512 : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 256 : 128;

    private static int Emit(Context context, string folder, string subject, ImmutableArray<DeclaredShape> shapes)
    {
        var plan = subject switch
        {
            "step" => Step(MeasuredNetwork.Standard(), new Autoencoders.ConvolutionalAutoencoder(28, 28).Build),
            "second" => Step(MeasuredNetwork.Second(), SecondNetwork.Build),
            _ => Expression(subject, shapes),
        };
        try
        {
            var names = plan.Slots.SelectMany(s => s.Shape).SelectMany(d => d.Names).Distinct().ToDictionary(n => n, _ => Typical);
            Directory.CreateDirectory(folder);
            foreach (var ((name, text), i) in Devices.Ptx<float>(plan, names).Select((kernel, i) => (kernel, i)))
            {
                var path = Path.Combine(folder, $"{i:00}-{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-')}.ptx");
                AtomicFile.WriteText(path, text);
                context.Output.WriteLine(path);
            }
            return ExitCode.Done;
        }
        catch (NotSupportedException e)
        {
            throw new UsageException($"--emit-ptx: {e.Message}");
        }
    }

    private static Plan Step(MeasuredNetwork network, Func<Layers.Network> build) => TrainingStep.Of(build, network.Optimizer, 1, new CpuBackend(1), 1).Function.Plan;

    private static Plan Expression(string text, ImmutableArray<DeclaredShape> shapes)
    {
        var variables = shapes.ToDictionary(s => s.Variable, s => Expr.Variable(s.Variable, s.Shape), StringComparer.Ordinal);
        var y = Parser.Parse(text, variables);
        ImmutableArray<Expr> inputs = [.. Traversal.Variables([y])];
        return Compiler.Compile<float>(new Computation([.. variables.Values], [y, .. Gradient.Of(y.Sum(), inputs)])).Plan;
    }
}
