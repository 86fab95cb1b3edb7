using System.Collections.Immutable;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>Where a quiz stands. It hears a line and becomes another; whoever holds it reads the lines and writes the remarks.</summary>
/// <param name="Exercises">All that will be asked.</param>
/// <param name="At">The exercise that is asked now.</param>
/// <param name="Question">Its question; null when the quiz has ended.</param>
/// <param name="Hints">How many hints were given for it.</param>
/// <param name="Score">What was answered before.</param>
public sealed record QuizSession(ImmutableArray<Exercise> Exercises, int At, HiddenEquation? Question, int Hints, Score Score)
{
    private const int Width = 100;

    /// <summary>The words that are no answers, unless a value has the name.</summary>
    private const string HintWord = "hint", SkipWord = "skip", QuitWord = "quit";

    public bool Ended => Question is null;

    /// <summary>The quiz at its first question.</summary>
    public static (QuizSession Session, ImmutableArray<Remark> Remarks) Begin(ImmutableArray<Exercise> exercises)
    {
        var (session, remarks) = new QuizSession(exercises, -1, null, 0, new Score(0, 0, 0)).Next();
        return (session, [Remark.Plain($"an answer is an expression of the named values, such as transpose(x) @ (2 * a); or say {HintWord}, {SkipWord} or {QuitWord}"), Remark.Plain(""), .. remarks]);
    }

    /// <summary>What comes of a line; null is the end of the input.</summary>
    public (QuizSession Session, ImmutableArray<Remark> Remarks) Hear(string? line)
    {
        if (Question is not { } question) return (this, []);
        var said = line?.Trim();
        return said is null ? Finished("the input ended: ")
            : said.Length == 0 ? (this, [Remark.Plain($"{question.Question}  an expression, {HintWord}, {SkipWord} or {QuitWord}")])
            : question.Known.ContainsKey(said) ? Judged(question, said)
            : said switch
            {
                HintWord or "?" => Hinted(question),
                SkipWord => After(Score.Skip(), [Remark.Hint(Revealed(question))]),
                QuitWord => Finished(""),
                _ => Judged(question, said),
            };
    }

    private (QuizSession, ImmutableArray<Remark>) Judged(HiddenEquation question, string said)
    {
        var judgement = Judge.Of(question, Answer(question, said));
        ImmutableArray<Remark> verdict = [.. Verdicts.Of(judgement, question)];
        return judgement is Judgement.Right ? After(Score.Right(Hints > 0), [.. verdict, Remark.Plain(Revealed(question))]) : (this, verdict);
    }

    /// <summary>A person may write the left side too.</summary>
    private static string Answer(HiddenEquation question, string said)
    {
        if (!said.StartsWith(question.Wanted.Target, StringComparison.Ordinal)) return said;
        var rest = said[question.Wanted.Target.Length..].TrimStart();
        return rest.StartsWith("+=", StringComparison.Ordinal) ? rest[2..] : rest.StartsWith('=') && !rest.StartsWith("==", StringComparison.Ordinal) ? rest[1..] : said;
    }

    /// <summary>The rule's name, then what it says in general, then the answer.</summary>
    private (QuizSession, ImmutableArray<Remark>) Hinted(HiddenEquation question) => Hints switch
    {
        0 => (this with { Hints = 1 }, [Remark.Hint($"hint: the rule is that of {question.Of.Rule}")]),
        1 => (this with { Hints = 2 }, [Remark.Hint($"hint: {question.Of.Statement}"), .. question.Of.Notes.Select(n => Remark.Hint($"      ({n})"))]),
        _ => After(Score.Skip(), [Remark.Hint(Revealed(question))]),
    };

    private string Revealed(HiddenEquation question) =>
        $"{question.Wanted.Target} {(question.Wanted.Adds ? "+=" : "=")} {Exercises[At].Answer ?? question.Wanted.Formula}";

    private (QuizSession, ImmutableArray<Remark>) After(Score score, ImmutableArray<Remark> remarks)
    {
        var (session, next) = (this with { Score = score }).Next();
        return (session, [.. remarks, Remark.Plain(""), .. next]);
    }

    private (QuizSession Session, ImmutableArray<Remark> Remarks) Next()
    {
        if (At + 1 >= Exercises.Length) return Finished("");
        var exercise = Exercises[At + 1];
        var question = exercise.Hide();
        return (this with { At = At + 1, Question = question, Hints = 0 },
        [
            Remark.Hint(exercise.Title),
            Remark.Plain($"  {exercise.Expression}"),
            Remark.Plain(""),
            .. DerivationText.Lines(question.Shown, Width).Select(Remark.Plain),
            Remark.Plain(""),
            Remark.Plain($"{question.Question}  of the shape {question.Wanted.Shape}"),
        ]);
    }

    private (QuizSession, ImmutableArray<Remark>) Finished(string why) => (this with { Question = null }, [Remark.Plain($"{why}{Score}")]);
}
