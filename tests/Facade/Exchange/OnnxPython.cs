using System.Diagnostics;
using Xunit;

namespace AutoDiffAE.Tests.Facade.Exchange;

/// <summary>ONNX's own Python package, where it is installed.</summary>
internal static class OnnxPython
{
    private static readonly string? Program = new[] { Environment.GetEnvironmentVariable("AUTODIFFAE_PYTHON"), "python3", "/usr/bin/python3" }
        .OfType<string>().FirstOrDefault(p => Try(p, "-c", "import numpy, onnx.checker").Code == 0);

    /// <summary>Why there is none here, or null.</summary>
    public static string? WhySkip { get; } = Program is null ? "needs Python with the packages onnx and numpy (Debian: python3-onnx); AUTODIFFAE_PYTHON may name the interpreter" : null;

    /// <summary>Why models can be checked but not run, or null.</summary>
    public static string? WhyNotRun { get; } = WhySkip ?? (Try(Program!, "-c", "import onnx.reference").Code == 0 || Try(Program!, "-c", "import onnxruntime").Code == 0 ? null
        : "needs Python with onnx 1.13 or later, which has an evaluator, or with onnxruntime");

    public static (int Code, string Output) Run(params string[] arguments) => Try(Program!, arguments);

    private static (int Code, string Output) Try(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}

/// <summary>A fact that is reported as skipped, with the reason, where models cannot be checked.</summary>
public sealed class OnnxCheckerFactAttribute : FactAttribute
{
    public OnnxCheckerFactAttribute() => Skip = OnnxPython.WhySkip;
}

/// <summary>A fact that is reported as skipped, with the reason, where models cannot be run.</summary>
public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = OnnxPython.WhyNotRun;
}
