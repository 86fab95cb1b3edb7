using System.Text.RegularExpressions;
using AutoDiffAE.Cli;
using AutoDiffAE.Reading.Quiz;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

/// <summary>
/// What the lessons of the course show is what the program prints. Each block stands under a comment with its command, and behind "; only" the
/// beginnings of the sections that are shown. AUTODIFFAE_COURSE=write in the environment writes the blocks anew, after what the program prints has changed.
/// </summary>
public sealed partial class CourseTest
{
    private static readonly string Folder = Path.Combine(Shared.Repository, "Autodiff", "Reading", "Course");

    private static bool Writes => Environment.GetEnvironmentVariable("AUTODIFFAE_COURSE") == "write";

    private static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.md").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Pages => [.. Names];

    public static TheoryData<string> Lessons => [.. Names.Where(p => p != "README.md")];

    [GeneratedRegex(@"<!-- autodiffae (?<command>.+) -->\n```text\n(?<block>(?s:.*?))```\n")]
    private static partial Regex Shown();

    [GeneratedRegex(@"""(?<word>(?:[^""\\]|\\.)*)""|(?<word>\S+)")]
    private static partial Regex Words();

    [GeneratedRegex(@"\n\n(?=\S)")]
    private static partial Regex Section();

    [GeneratedRegex(@"\d\.\d+e[+-]\d+")]
    private static partial Regex RoundingError();

    [GeneratedRegex(@"(?<kept>\.\d{6})\d+")]
    private static partial Regex LastDigits();

    [GeneratedRegex(@"`autodiffae quiz (?<number>\d+)`")]
    private static partial Regex Exercise();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_is_what_its_command_prints(string page)
    {
        var path = Path.Combine(Folder, page);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (Writes) File.WriteAllText(path, Shown().Replace(text, m => $"<!-- autodiffae {m.Groups["command"].Value} -->\n```text\n{Printed(m.Groups["command"].Value)}```\n"));
        else Assert.All(Shown().Matches(text), m => Assert.Equal(Comparable(m.Groups["command"].Value, Printed(m.Groups["command"].Value)), Comparable(m.Groups["command"].Value, m.Groups["block"].Value)));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_is_built_around_a_derivation_and_ends_in_exercises(string lesson)
    {
        var text = File.ReadAllText(Path.Combine(Folder, lesson)).ReplaceLineEndings("\n");
        var commands = Shown().Matches(text).Select(m => m.Groups["command"].Value).ToList();
        foreach (var verb in (string[])["explain ", "eval ", "check "]) Assert.Contains(commands, c => c.StartsWith(verb, StringComparison.Ordinal));
        Assert.Equal(2 * commands.Count, text.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)));
        Assert.InRange(Shown().Replace(text, "").Count(c => c == '\n'), 40, 100);
        var numbers = Exercise().Matches(text).Select(m => int.Parse(m.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(numbers);
        Assert.All(numbers, n => Assert.InRange(n, 1, Exercises.All.Length));
    }

    [Fact]
    public void The_index_names_every_lesson()
    {
        var index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.Equal(10, Lessons.Count);
        Assert.All(Names.Where(p => p != "README.md"), lesson => Assert.Contains($"]({lesson})", index, StringComparison.Ordinal));
    }

    private static string Printed(string comment)
    {
        var (command, only) = comment.Split("; only ") is [var c, var o] ? (c, o.Split(", ")) : (comment, null);
        using StringWriter output = new(), error = new();
        var code = Program.Run([.. Words().Matches(command).Select(m => m.Groups["word"].Value.Replace("\\\"", "\"", StringComparison.Ordinal))], output, error);
        Assert.Equal((0, ""), (code, error.ToString()));
        var text = output.ToString().ReplaceLineEndings("\n");
        return only is null ? text : Sections(text, only);
    }

    /// <summary>A section begins with a line that is not indented, after an empty line.</summary>
    private static string Sections(string text, string[] only)
    {
        var sections = Section().Split(text.TrimEnd('\n'));
        Assert.All(only, name => Assert.Contains(sections, s => s.StartsWith(name, StringComparison.Ordinal)));
        var shown = sections.Select(s => only.Any(name => s.StartsWith(name, StringComparison.Ordinal)) ? s : "…").ToList();
        return string.Join("\n\n", shown.Where((s, i) => s != "…" || i == 0 || shown[i - 1] != "…")).Replace("\n\n…", "\n…", StringComparison.Ordinal).Replace("…\n\n", "…\n", StringComparison.Ordinal) + "\n";
    }

    /// <summary>A check prints estimates of rounding errors, which another processor makes differently.</summary>
    private static string Comparable(string command, string block) =>
        command.StartsWith("check ", StringComparison.Ordinal) ? LastDigits().Replace(RoundingError().Replace(block, "…"), m => m.Groups["kept"].Value) : block;
}
