using System.Text.RegularExpressions;
using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using AutoDiffAE.Tests.Facade.Data;
using Xunit;

namespace AutoDiffAE.Tests;

/// <summary>What README says is true: its C# compiles and runs, its files exist.</summary>
public partial class ReadmeTest
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Shared.Repository, "README.md"));

    private static IEnumerable<string> Blocks(string language) => Text
        .Split($"\n```{language}\n").Skip(1).Select(rest => rest[..rest.IndexOf("\n```", StringComparison.Ordinal)]);

    [Fact]
    public void The_custom_architecture_compiles_trains_and_prints_what_it_says()
    {
        var printed = CompiledProgram.Run(Blocks("csharp").First());
        Assert.Matches(@"validation error 0\.\d{3}", printed);
        Assert.True(double.Parse(printed.Split("validation error ")[1].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture) < 0.4, printed);
        Assert.Contains("codes (3, 10)", printed);
        Assert.Contains("tanh(x)", printed);
    }

    [Fact]
    public void The_custom_layers_make_the_table_that_stands_below()
    {
        var section = Text.Split("\n## Layers of your own, and graphs of them\n")[1].Split("\n## ")[0];
        string Block(string language) => section.Split($"\n```{language}\n")[1].Split("\n```")[0];
        var printed = CompiledProgram.Run(Block("csharp")).Split('\n');
        Assert.All(Block("text").Split('\n').Where(line => line != "…"), line => Assert.Contains(line, printed));
    }

    [Fact]
    public void The_custom_operations_hold_the_laws_and_print_their_gradient()
    {
        var printed = CompiledProgram.Run(Blocks("csharp").Single(code => code.Contains("MySoftsign", StringComparison.Ordinal)));
        Assert.Contains("my_softsign(x)", printed, StringComparison.Ordinal);
        Assert.Contains("my_unpool", printed, StringComparison.Ordinal);
    }

    /// <summary>
    /// Each command in the order of the page, in one folder, as a reader would give them; what is printed there is printed here, but for lines that
    /// are left out (…). Commands of data or models that the page does not make are left out.
    /// </summary>
    [Fact]
    public void Its_commands_run_as_they_stand_and_print_what_it_shows()
    {
        using var folder = new TemporaryFolder();
        Npz.Write(folder.At("x.npz"), [("x", StoredArray.Of(Tensor<double>.Of([0.5, 0, 2], 3)))]);
        Npz.Write(folder.At("arrays.npz"), [("x", StoredArray.Of(Tensor<double>.Of([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 3, 2))), ("w", StoredArray.Of(Tensor<double>.Of([1.0, 2], 2)))]);
        var run = 0;
        foreach (var (command, shown) in Blocks("text").SelectMany(Commands).Where(c => !Measured().IsMatch(c.Command)))
        {
            string[] args = [.. Words().Matches(command.Split("  #")[0]).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];
            using var printed = new StringWriter();
            var code = Program.Run([.. args.Select(a => OfFolder().IsMatch(a) ? folder.At(a) : a)], printed, printed, input: new StringReader("2 * x\n"));
            Assert.True(code == 0 || shown.Any(line => line.StartsWith("autodiffae: ", StringComparison.Ordinal)), $"{command}: {code}\n{printed}");
            Assert.True(Has(printed.ToString().ReplaceLineEndings("\n").Split('\n'), shown), $"{command} printed\n{printed}");
            run++;
        }
        Assert.True(run >= 14, $"{run} commands");
    }

    private static IEnumerable<(string Command, string[] Shown)> Commands(string block) => block.Split("$ autodiffae ").Skip(1)
        .Select(part => part.TrimEnd().Split('\n') is [var command, .. var shown] ? (command, shown) : default);

    /// <summary>Whether lines stand among others, in order, and next to each other where no … stands between.</summary>
    private static bool Has(ReadOnlySpan<string> printed, ReadOnlySpan<string> shown)
    {
        var loose = true;
        foreach (var line in shown)
        {
            if (line == "…")
            {
                loose = true;
                continue;
            }
            var at = loose ? printed.IndexOf(line) : printed.Length > 0 && printed[0] == line ? 0 : -1;
            if (at < 0) return false;
            printed = printed[(at + 1)..];
            loose = false;
        }
        return true;
    }

    /// <summary>What shows times.</summary>
    [GeneratedRegex("^(profile|bench) ")]
    private static partial Regex Measured();

    [GeneratedRegex("\"([^\"]*)\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^runs/|\.npz$")]
    private static partial Regex OfFolder();

    [Fact]
    public void The_files_it_points_to_exist()
    {
        var targets = Regex.Matches(Text, @"\]\(([^)#:]+)\)").Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(targets);
        Assert.All(targets, t => Assert.True(File.Exists(Path.Combine(Shared.Repository, t)), t));
    }

    [Fact]
    public void The_test_command_is_the_one_that_continuous_integration_runs()
    {
        var command = Assert.Single(Blocks("sh")).Split('\n')[1].Split('#')[0].Trim();
        Assert.Contains(command, File.ReadAllText(Path.Combine(Shared.Repository, ".ci", "run")));
    }
}
