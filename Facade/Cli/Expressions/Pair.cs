using System.Collections.Immutable;

namespace AutoDiffAE.Cli;

/// <summary>A variable and the array that goes with it, as options write them: <c>x=tx</c>, several with commas between.</summary>
internal readonly record struct Pair(string Variable, string Array)
{
    /// <exception cref="UsageException">A text is no pair, or a variable comes twice.</exception>
    public static ImmutableArray<Pair> Parse(string option, IEnumerable<string> texts) =>
        Distinct(option, [.. texts.SelectMany(t => t.Split(',')).Select(t => One(option, t))]);

    /// <exception cref="UsageException">A variable comes twice.</exception>
    public static ImmutableArray<Pair> Distinct(string option, ImmutableArray<Pair> pairs) =>
        pairs.CountBy(p => p.Variable).FirstOrDefault(n => n.Value > 1).Key is { } twice
            ? throw new UsageException($"{option}: {twice} is given two arrays, one is needed")
            : pairs;

    public override string ToString() => $"{Variable}={Array}";

    private static Pair One(string option, string text) => text.Split('=', StringSplitOptions.TrimEntries) is [{ Length: > 0 } variable, { Length: > 0 } array]
        ? new(variable, array)
        : throw new UsageException($"{option} {text}: a variable and the name of an array are needed, as in {option} x=v");
}
