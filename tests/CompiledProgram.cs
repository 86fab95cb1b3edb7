using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests;

/// <summary>A program of one file, compiled against the libraries and run here, and what it printed.</summary>
internal static partial class CompiledProgram
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    private static readonly Lock Gate = new();

    /// <param name="code">Lines for <c>dotnet run</c>, which begin with #:, are left out.</param>
    public static string Run(string code, params string[] args)
    {
        var main = new AssemblyLoadContext("program").LoadFromStream(new MemoryStream(Compiled(code))).EntryPoint!;
        lock (Gate)
        {
            var (console, written) = (Console.Out, new StringWriter());
            try
            {
                Console.SetOut(written);
                main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null);
            }
            finally
            {
                Console.SetOut(console);
            }
            return written.ToString();
        }
    }

    /// <summary>Runs it in a process of its own, where nothing else takes memory, with the libraries but no others.</summary>
    public static string RunAlone(string code)
    {
        using var folder = new TemporaryFolder();
        var program = folder.At("program.dll");
        File.WriteAllBytes(program, Compiled(code));
        foreach (var library in (string[])["AutoDiffAE.Core", "AutoDiffAE.Autodiff", "AutoDiffAE.Facade", "AutoDiffAE.Gpu", "System.Numerics.Tensors"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, library + ".dll"), folder.At(library + ".dll"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "AutoDiffAE.Tests.runtimeconfig.json"), folder.At("program.runtimeconfig.json"));
        using var process = Process.Start(new ProcessStartInfo("dotnet", (string[])[program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var problems = process.StandardError.ReadToEndAsync();
        var written = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, problems.Result);
        return written;
    }

    private static byte[] Compiled(string code)
    {
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        // Each has a name of its own: code that is written while they run finds their types by it.
        var compilation = CSharpCompilation.Create($"Program{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(ForDotnetRun().Replace(code, ""))], libraries,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return assembly.ToArray();
    }

    [GeneratedRegex("^#:.*$", RegexOptions.Multiline)]
    private static partial Regex ForDotnetRun();
}
