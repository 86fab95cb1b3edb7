using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>A variable's shape as it is written behind <c>--shape</c>: <c>x=(n,3)</c>, with numbers and names of sizes.</summary>
internal sealed partial record DeclaredShape(string Variable, Shape Shape)
{
    [GeneratedRegex(@"^\s*(?<name>[^=]*[^=\s])\s*=\s*\(\s*(?:(?<axis>\w+)\s*(?:,\s*(?<axis>\w+)\s*)*,?\s*)?\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    /// <exception cref="UsageException">A text says no shape, or a variable comes twice.</exception>
    public static ImmutableArray<DeclaredShape> Parse(string option, IEnumerable<string> texts)
    {
        ImmutableArray<DeclaredShape> shapes = [.. texts.Select(t => One(option, t))];
        return shapes.CountBy(s => s.Variable).FirstOrDefault(n => n.Value > 1).Key is { } twice
            ? throw new UsageException($"{option}: {twice} is given two shapes, one is needed")
            : shapes;
    }

    public override string ToString() => $"{Variable}={Shape}";

    private static DeclaredShape One(string option, string text) => Written().Match(text) is { Success: true } found
        ? new(found.Groups["name"].Value, new([.. found.Groups["axis"].Captures.Select(c => Length(option, text, c.Value))]))
        : throw new UsageException($"{option} {text}: a variable and its shape are needed, as in {option} \"x=(n,3)\"");

    private static Dim Length(string option, string text, string axis) =>
        int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
        : !char.IsAsciiDigit(axis[0]) ? Dim.Named(axis)
        : throw new UsageException($"{option} {text}: {axis} is no length, which is a whole number or a name");
}
