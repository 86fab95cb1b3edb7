using System.Collections.Immutable;
using AutoDiffAE.Reading.Quiz;
using Spectre.Console;

namespace AutoDiffAE.Cli;

/// <summary>Lines in and remarks out, until the quiz has ended.</summary>
internal static class QuizConsole
{
    public static int Run(Context context, ImmutableArray<Exercise> exercises)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Output) });
        var (session, remarks) = QuizSession.Begin(exercises);
        Say(context, console, remarks);
        while (!session.Ended)
        {
            if (context.Interactive) context.Output.Write("> ");
            if (!Read(context, out var line)) return ExitCode.Interrupted;
            // A transcript shows what was answered.
            if (!context.Interactive && line is not null) context.Output.WriteLine($"> {line}");
            (session, remarks) = session.Hear(line);
            Say(context, console, remarks);
        }
        return ExitCode.Done;
    }

    /// <summary>A line, null at the end; false when the program is told to stop, which a read would not hear.</summary>
    private static bool Read(Context context, out string? line)
    {
        try
        {
            line = Task.Run(() => (context.Input ?? TextReader.Null).ReadLine()).WaitAsync(context.Cancellation).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            line = null;
            return false;
        }
    }

    private static void Say(Context context, IAnsiConsole console, ImmutableArray<Remark> remarks)
    {
        foreach (var remark in remarks)
            if (context.Interactive && Colour(remark.Tone) is { } colour) console.MarkupLine($"[{colour}]{Markup.Escape(remark.Text)}[/]");
            else context.Output.WriteLine(remark.Text);
        context.Output.Flush();
    }

    private static string? Colour(Tone tone) => tone switch
    {
        Tone.Good => "green",
        Tone.Bad => "red",
        Tone.Hint => "yellow",
        _ => null,
    };
}
