using AutoDiffAE.Reading;
using Spectre.Console;

namespace AutoDiffAE.Cli;

/// <summary>A derivation's colours on a terminal that has some, and how wide it is there.</summary>
internal sealed record Colours(int Width, Func<TextRole, string, string>? Paint)
{
    private const int Wide = 100, Widest = 120;

    /// <summary>As a file has it.</summary>
    public static readonly Colours None = new(Wide, null);

    public static Colours Of(Context context)
    {
        if (!context.Interactive) return None;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Output) });
        var coloured = console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
        return new(Math.Min(console.Profile.Width - 1, Widest), coloured ? Painted : null);
    }

    private static string Painted(TextRole role, string text) => Code(role) is { } code ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private static string? Code(TextRole role) => role switch
    {
        TextRole.Heading => "1",
        TextRole.Value => "36",
        TextRole.Rule => "35",
        TextRole.Statement => "2",
        TextRole.Shape => "2",
        TextRole.Note => "33",
        _ => null,
    };
}
