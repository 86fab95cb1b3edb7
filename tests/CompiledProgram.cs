using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        // Each has a name of its own: code that is written while they run finds their types by it.
        var compilation = CSharpCompilation.Create($"Program{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(ForDotnetRun().Replace(code, ""))], libraries,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));

        var main = new AssemblyLoadContext("program").LoadFromStream(new MemoryStream(assembly.ToArray())).EntryPoint!;
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

    [GeneratedRegex("^#:.*$", RegexOptions.Multiline)]
    private static partial Regex ForDotnetRun();
}
