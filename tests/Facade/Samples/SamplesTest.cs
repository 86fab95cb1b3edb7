using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace AutoDiffAE.Tests.Samples;

/// <summary>Each sample runs, small, and does what its first lines say.</summary>
public sealed partial class SamplesTest
{
    private static readonly string Folder = Path.Combine(Shared.Repository, "Facade", "Samples");

    /// <summary>How small, and whether what was printed is right.</summary>
    private static readonly Dictionary<string, (string[] Args, Func<string, bool> IsRight)> Known = new()
    {
        ["CustomLayer"] = (["4"], printed => printed.Contains("first    highway  (n, 8)    144 parameters", StringComparison.Ordinal) && Falls(printed)),
        ["CustomOp"] = ([], printed => printed.Contains("1 + sin(x + x)", StringComparison.Ordinal)),
        ["Lstm"] = (["8", "2000"], Learns),
        ["PlainLoop"] = (["129"], Falls),
        ["Poisson"] = (["600"], printed => Numbers(printed)[^1] < 1e-3),
        ["PropertyTest"] = ([], printed => printed.StartsWith("right: the laws hold", StringComparison.Ordinal) && printed.Contains("wrong: broken", StringComparison.Ordinal)),
        ["Seed"] = (["2", "200"], printed => printed.Contains("    2", StringComparison.Ordinal)),
        ["Siamese"] = (["10", "1000"], Learns),
        ["Transformer"] = (["6", "1500"], Learns),
        ["UNet"] = (["2", "400"], printed => Numbers(printed) is [.., var before, var after] && after < 0.6 * before),
        ["Variational"] = (["8", "600"], Learns),
    };

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Runs_and_prints_what_it_is_for(string name)
    {
        var code = File.ReadAllText(Path.Combine(Folder, $"{name}.cs"));
        Assert.StartsWith("#:property PublishAot=false\n#:project", code.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var (args, isRight) = Known[name];
        var (here, scratch) = (Environment.CurrentDirectory, Directory.CreateTempSubdirectory().FullName);
        try
        {
            var printed = CompiledProgram.Run(Regex.Replace(code, "\"([a-z]+\\.png)\"", m => $"@\"{Path.Combine(scratch, m.Groups[1].Value)}\""), args);
            Assert.True(isRight(printed), printed);
        }
        finally
        {
            Directory.Delete(scratch, true);
            Assert.Equal(here, Environment.CurrentDirectory);
        }
    }

    [Fact]
    public void The_seed_takes_at_most_forty_lines() => Assert.InRange(File.ReadAllLines(Path.Combine(Folder, "Seed.cs")).Length, 1, 40);

    /// <summary>Whether the best loss is well below that of the first epoch, the first number that is printed.</summary>
    private static bool Learns(string printed)
    {
        var numbers = Numbers(printed);
        return numbers[1 + (numbers.Length > 2 && printed.Contains("always saying", StringComparison.Ordinal) ? 1 : 0)] < 0.8 * numbers[0];
    }

    /// <summary>Whether the last number printed is less than the first one that it is to be compared with.</summary>
    private static bool Falls(string printed) => Numbers(printed) is [var first, .., var last] && last < first;

    private static double[] Numbers(string printed) => [.. Number().Matches(printed).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"[0-9]+\.[0-9]+(e[+-][0-9]+)?")]
    private static partial Regex Number();
}
