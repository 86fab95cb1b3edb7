using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using AutoDiffAE.Reading.Quiz;

namespace AutoDiffAE.Cli;

/// <summary><c>quiz</c>, <c>quiz N</c>, <c>quiz EXPR</c> and <c>quiz --list</c></summary>
internal static class QuizCommand
{
    private const string About = """
        Shows a derivation without one of its equations, asks for it, and judges the answer: by its shape, by its values at random points, and by the laws. Thirty exercises lead from a square to attention; of an expression of your own, each equation is asked for in turn. Answers are expressions of the named values, a line each, also from a pipe; hint gives the rule's name, then what it says, then the answer.

        autodiffae quiz "sum(tanh(x @ w))" --shape "x=(n,3)" --shape "w=(3,4)" --wrt w
        """;

    public static Command Of(Context context)
    {
        var what = new Argument<string?>("N|EXPR") { Description = "The number of an exercise, or an expression; all exercises when there is none", Arity = ArgumentArity.ZeroOrOne };
        var wrt = Options.Several("--wrt", "A,B", "Of an expression: the variables of the gradients; all of them when none is named");
        var shapes = Options.Several("--shape", "X=(N,3)", "Of an expression: shapes of variables");
        var list = new Option<bool>("--list") { Description = "Lists the exercises" };
        var command = new Command("quiz", About) { what, wrt, shapes, list };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(list)) return List(context.Output);
            var declared = DeclaredShape.Parse("--shape", parsed.GetRequiredValue(shapes));
            ImmutableArray<string> asked = [.. parsed.GetRequiredValue(wrt).SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries)).Distinct()];
            return QuizConsole.Run(context, Chosen(parsed.GetValue(what), declared, asked));
        });
        return command;
    }

    private static ImmutableArray<Exercise> Chosen(string? what, ImmutableArray<DeclaredShape> shapes, ImmutableArray<string> wrt)
    {
        var count = Exercises.All.Length;
        if (what is not null && !int.TryParse(what, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return OfExpression(what, shapes, wrt);
        if (!shapes.IsEmpty || !wrt.IsEmpty) throw new UsageException($"quiz: {(shapes.IsEmpty ? "--wrt" : "--shape")} belongs to an expression, and {(what is null ? "there is none" : $"{what} is an exercise's number")}");
        if (what is null) return [.. Enumerable.Range(1, count).Select(Exercises.Numbered)];
        var number = int.Parse(what, CultureInfo.InvariantCulture);
        return number >= 1 && number <= count ? [Exercises.Numbered(number)] : throw new UsageException($"quiz {what}: the exercises have the numbers 1 to {count} (autodiffae quiz --list names them)");
    }

    private static ImmutableArray<Exercise> OfExpression(string text, ImmutableArray<DeclaredShape> shapes, ImmutableArray<string> wrt)
    {
        try
        {
            var exercises = Exercise.Each(text, [.. shapes.Select(s => (s.Variable, s.Shape))], wrt);
            return exercises.IsEmpty ? throw new UsageException("quiz: the expression has nothing to derive; give a variable its shape by --shape \"x=(n,3)\", () for a number") : exercises;
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"quiz: {e.Message}");
        }
    }

    private static int List(TextWriter output)
    {
        var width = Exercises.All.Max(e => e.Title.Length);
        foreach (var (exercise, i) in Exercises.All.Select((e, i) => (e, i)))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1,2}  {exercise.Title.PadRight(width)}  {exercise.Target} of {exercise.Expression}"));
        return ExitCode.Done;
    }
}
