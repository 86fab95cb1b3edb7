using System.Diagnostics;
using Xunit;

namespace AutoDiffAE.Tests;

/// <summary>The packages, used by a project that knows nothing of the repository.</summary>
public sealed class PackageTest : IDisposable
{
    private static readonly string[] Projects = ["Core/AutoDiffAE.Core.csproj", "Autodiff/AutoDiffAE.Autodiff.csproj", "Gpu/AutoDiffAE.Gpu.csproj", "Facade/AutoDiffAE.Facade.csproj", "tests/Properties/AutoDiffAE.FsCheck.csproj"];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_project_elsewhere_trains_and_checks_a_gradient_with_the_packages()
    {
        var packages = Path.Combine(_folder, "packages");
        foreach (var project in Projects) Dotnet(Shared.Repository, "pack", project, "-c", "Release", "--no-build", "-o", packages, "-p:PackWithoutIlgpu=true", "--nologo");
        Assert.Equal(Projects.Length, Directory.GetFiles(packages, "*.nupkg").Length);
        Assert.Equal(Projects.Length, Directory.GetFiles(packages, "*.snupkg").Length);

        var user = Path.Combine(_folder, "user");
        Directory.CreateDirectory(user);
        var known = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(user, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="here" value="{packages}" /></packageSources>
              <packageSourceMapping><packageSource key="here"><package pattern="AutoDiffAE*" /></packageSource></packageSourceMapping>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_folder, "restored")}" /></config>
              <fallbackPackageFolders><add key="known" value="{known}" /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(user, "user.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestorePackagesPath>$(MSBuildProjectDirectory)/../restored</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="AutoDiffAE" Version="0.1.0" />
                <PackageReference Include="AutoDiffAE.FsCheck" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(user, "Program.cs"), """
            using AutoDiffAE;
            using AutoDiffAE.Graph;
            using AutoDiffAE.Layers;
            using AutoDiffAE.Optimizers;
            using AutoDiffAE.Tensors;
            using AutoDiffAE.Training;

            var x = Expr.Variable("x");
            Console.WriteLine(AutoDiffAE.Reading.Derivation.Of(x.Square(), x).Gradients[0].Formula);

            var network = Network.Sequential(("input", new Input(6)), ("code", new Dense(3)), ("output", new Dense(6)));
            var numbers = Tensor<float>.Build([64, 6], v => Philox.Normal(new Key(1), v));
            var trainer = new Trainer(TrainingTask.Reconstruction(network), new NesterovMomentum(0.1), new TrainingOptions(3, 16));
            var history = trainer.Fit([numbers], [numbers]).History.Epochs;
            Console.WriteLine(history[2].ValidationError < history[0].ValidationError);
            AutoDiffAE.Properties.Laws.Hold(a => a.Tanh());
            Console.WriteLine("laws hold");
            """);
        var output = Dotnet(user, "run", "-c", "Release");
        Assert.Equal(["2 * x", "True", "laws hold"], output.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
    }

    private static string Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // The tests' own host would be inherited.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(" ", arguments)}:\n{output}\n{error.Result}");
        return output;
    }
}
