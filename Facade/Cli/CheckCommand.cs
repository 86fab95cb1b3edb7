using System.CommandLine;

namespace AutoDiffAE.Cli;

/// <summary><c>check EXPR</c></summary>
internal static class CheckCommand
{
    private const string About = """
        Holds the gradients of an expression, and the gradients of these, against finite differences that estimate their own error, and against laws that any gradient obeys. The values are a file's, or random ones at which the expression is finite and smooth; sizes that have names are drawn small. Exit code 0: right, 1: wrong, and the rule to blame is named, 2: cannot be checked.

        autodiffae check "sum(log(x) * y)" --shape "x=(n,3)" --shape "y=(3)"
        """;

    public static Command Of(Context context)
    {
        var expression = new Argument<string>("EXPR") { Description = "The expression, in the language of eval" };
        var input = Options.Text("--in", "NPZ", "A file with values for the variables, by name");
        var shapes = Options.Several("--shape", "X=(N,3)", "The shape of a variable, with numbers and names of sizes; without --in its values are random");
        var seed = Options.Seed(0, "Of random values, cotangents and directions");
        var trace = TraceOption.Of("First");
        var command = new Command("check", About) { expression, input, shapes, seed, trace };
        command.SetAction(parsed => CheckRun.Execute(context, new CheckRun(
            parsed.GetRequiredValue(expression),
            parsed.GetValue(input) is { } file ? Arrays.Open(file) : null,
            DeclaredShape.Parse("--shape", parsed.GetRequiredValue(shapes)),
            unchecked((int)parsed.GetValue(seed)),
            parsed.GetValue(trace))));
        return command;
    }
}
