using AutoDiffAE.Cli;
using AutoDiffAE.Data;
using AutoDiffAE.Tensors;
using Xunit;

namespace AutoDiffAE.Tests;

/// <summary>What README says is true: its C# compiles and runs, its files exist.</summary>
public class ReadmeTest
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

    [Fact]
    public void What_it_shows_of_numbers_that_are_not_finite_and_shapes_that_do_not_fit_is_what_the_program_prints()
    {
        var section = Text.Split("\n## When a number is not finite\n")[1].Split("\n## ")[0];
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Npz.Write(Path.Combine(folder.FullName, "x.npz"), [("x", StoredArray.Of(Tensor<double>.Of([0.5, 0, 2], 3)))]);
            var shown = section.Split("\n```text\n$ autodiffae ").Skip(1).Select(rest => rest.Split("\n```")[0]).ToList();
            Assert.Equal(2, shown.Count);
            Assert.All(shown, block =>
            {
                var (command, expected) = (block.Split('\n')[0], block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
                string[] args = [.. System.Text.RegularExpressions.Regex.Matches(command, "\"([^\"]*)\"|\\S+").Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];
                var printed = new StringWriter();
                Program.Run([.. args.Select(a => a.EndsWith(".npz", StringComparison.Ordinal) ? Path.Combine(folder.FullName, a) : a)], printed, printed);
                Assert.Equal(expected, printed.ToString().TrimEnd().ReplaceLineEndings("\n"));
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_files_it_points_to_exist()
    {
        var targets = System.Text.RegularExpressions.Regex.Matches(Text, @"\]\(([^)#:]+)\)").Select(m => m.Groups[1].Value).ToList();
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
