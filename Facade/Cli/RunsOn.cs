using System.CommandLine;
using AutoDiffAE.Cpu;
using AutoDiffAE.Gpu;

namespace AutoDiffAE.Cli;

/// <summary>What a verb's work runs on: <c>--device</c>, and <c>--threads</c> of the processor.</summary>
internal sealed class RunsOn
{
    private const string Cpu = "cpu", Auto = "auto";

    private readonly Option<string> _device = Options.Text("--device", Cpu, "NAME", "What it runs on: cpu, opencl[:N], cuda[:N], ilgpu-cpu, or auto, which is the fastest for the job; `autodiffae devices` lists them");

    private readonly Option<int> _threads = Options.Threads();

    public void AddTo(Command command)
    {
        command.Add(_device);
        command.Add(_threads);
    }

    public int Threads(ParseResult parsed) => parsed.GetValue(_threads);

    public string Device(ParseResult parsed) => parsed.GetRequiredValue(_device);

    /// <summary>The backend of a job that is too small to be measured: there the processor is the fastest.</summary>
    /// <exception cref="UsageException">There is no such device.</exception>
    public IBackend Backend(ParseResult parsed) => Device(parsed) == Auto ? new CpuBackend(Threads(parsed)) : Backend(Device(parsed), Threads(parsed));

    /// <summary>The backend of a job that is worth a try on each device.</summary>
    /// <param name="device">A name, or auto.</param>
    /// <param name="threads">Cores of the processor.</param>
    /// <param name="output">Told what auto has chosen, and why.</param>
    /// <param name="job">How long one step of the job takes on a backend, in milliseconds.</param>
    /// <exception cref="UsageException">There is no such device.</exception>
    public static IBackend Backend(string device, int threads, TextWriter output, Func<IBackend, double> job) => Chosen(device, threads, output, job).Backend;

    /// <summary>The same with the name of what was chosen.</summary>
    /// <exception cref="UsageException">There is no such device.</exception>
    public static (string Device, IBackend Backend) Chosen(string device, int threads, TextWriter output, Func<IBackend, double> job)
    {
        if (device != Auto) return (device, Backend(device, threads));
        var names = Devices.Unavailable is null ? Devices.Names.Where(name => name != "ilgpu-cpu") : [];
        List<(string Device, string Name, IBackend Backend, double Milliseconds)> tried = [Tried(Cpu, $"the processor, {threads} threads", new CpuBackend(threads), job)];
        tried.AddRange(names.Select(name => Devices.Open(Devices.Named(name)) is var on ? Tried(name, on.Name, on, job) : default));
        var best = tried.MinBy(t => t.Milliseconds);
        output.WriteLine(FormattableString.Invariant($"--device auto: {best.Name}; a step took {string.Join(", ", tried.Select(t => FormattableString.Invariant($"{t.Milliseconds:0.0} ms on {t.Name}")))}"));
        return (best.Device, best.Backend);
    }

    private static (string, string, IBackend, double) Tried(string device, string name, IBackend backend, Func<IBackend, double> job) => (device, name, backend, job(backend));

    /// <exception cref="UsageException">There is no such device.</exception>
    public static IBackend Backend(string device, int threads) => device == Cpu ? new CpuBackend(threads) : Opened("--device", device);

    /// <summary>A device other than the processor.</summary>
    /// <exception cref="UsageException">There is no such device.</exception>
    public static IBackend Opened(string option, string device)
    {
        if (device.Split(':')[0] is not ("ilgpu-cpu" or "opencl" or "cuda"))
            throw new UsageException($"{option} {device}: there is no device of this name, there is {string.Join(", ", Devices.Names.Prepend(Auto).Prepend(Cpu))}");
        try
        {
            return Devices.Open(Devices.Named(device));
        }
        catch (NotSupportedException e)
        {
            throw new UsageException($"{option} {device}: {e.Message}");
        }
    }
}
