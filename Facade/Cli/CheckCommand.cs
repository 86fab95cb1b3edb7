using System.CommandLine;

namespace AutoDiffAE.Cli;

/// <summary><c>check EXPR</c></summary>
internal static class CheckCommand
{
    public static Command Of(Context context)
    {
        var expression = new Argument<string>("EXPR") { Description = "The expression" };
        var command = new Command("check", "Holds the gradients of an expression against finite differences.") { expression };
        command.SetAction(_ => context.Progress ? 0 : ExitCode.Done);
        return command;
    }
}
