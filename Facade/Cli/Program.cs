using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using AutoDiffAE.Data;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Cli;

/// <summary>The program <c>autodiffae</c>.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        using var interruption = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        // Who asks for the input changes the state of a terminal.
        var input = args is ["quiz", ..] ? Console.In : null;
        return Run(args, Console.Out, Console.Error, interruption.Token, interactive: !Console.IsOutputRedirected, progress: !Console.IsErrorRedirected, input);
    }

    /// <summary>One run of the program.</summary>
    /// <param name="interactive">Whether the output is a terminal, for colours and progress bars.</param>
    /// <param name="progress">Whether the error output is a terminal, for how far a long run is.</param>
    /// <param name="input">Where lines are read from; none where it is null.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default, bool interactive = false, bool progress = false, TextReader? input = null)
    {
        var context = new Context(output, error, interactive, progress, cancellation, input);
        try
        {
            var root = Root(context);
            var parsed = root.Parse(args);
            // Among all the others a command has a line; its own help says all.
            if (parsed.CommandResult.Command == root)
                foreach (var command in root.Subcommands) command.Description = FirstSentence(command.Description!);
            if (parsed.Errors.Count > 0 && parsed.Action is System.CommandLine.Invocation.ParseErrorAction)
                return Refuse(error, $"{Sentence(parsed.Errors)} ({Help(parsed.CommandResult)} lists what there is)");
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (SyntaxException e)
        {
            // Three lines: the caret stands under the column.
            error.WriteLine($"autodiffae: {e.Message}");
            foreach (var line in e.Operands) error.WriteLine($"  {line}");
            return ExitCode.Misuse;
        }
        catch (ShapeException e)
        {
            Refuse(error, e.Message);
            foreach (var line in e.Drawing?.Lines ?? []) error.WriteLine($"  {line}");
            return ExitCode.Misuse;
        }
        catch (Exception e) when (e is DataException or UsageException or NotSupportedException)
        {
            return Refuse(error, e.Message);
        }
        catch (Exception e) when (e is OverflowException or OutOfMemoryException)
        {
            return Refuse(error, $"what was asked for is too large for this machine ({e.Message})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"autodiffae: {OneLine(e.Message)}");
            return ExitCode.Failure;
        }
    }

    private static RootCommand Root(Context context) => new("Convolutional autoencoders: train one on images, look at what it makes of them, and use its two halves. And expressions: their values, their derivatives, and whether these are right.")
    {
        FetchCommand.Of(context),
        TrainCommand.Of(context),
        ReportCommand.Of(context),
        ReconstructCommand.Of(context),
        EncodeCommand.Of(context),
        DecodeCommand.Of(context),
        SampleCommand.Of(context),
        CountCommand.Of(context),
        ExportCommand.Of(context),
        EvalCommand.Of(context),
        CheckCommand.Of(context),
        BenchCommand.Of(context),
        ProfileCommand.Of(context),
        ExplainCommand.Of(context),
        QuizCommand.Of(context),
        DevicesCommand.Of(context),
    };

    private static int Refuse(TextWriter error, string message)
    {
        error.WriteLine($"autodiffae: {OneLine(message)}");
        return ExitCode.Misuse;
    }

    private static string Sentence(IEnumerable<ParseError> errors) => string.Join("; ", errors.Select(e => e.Message.TrimEnd('.')).Distinct());

    private static string FirstSentence(string text) => text.Split([": ", ". ", ".\n"], 2, StringSplitOptions.None)[0].TrimEnd('.');

    private static string Help(CommandResult command) => command.Command is RootCommand ? "autodiffae --help" : $"autodiffae {Path(command)} --help";

    private static string Path(CommandResult command) => command.Parent is CommandResult { Command: not RootCommand } parent
        ? $"{Path(parent)} {command.Command.Name}"
        : command.Command.Name;

    internal static string OneLine(string message) => string.Join(" ", message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
