using AutoDiffAE.Reading.Quiz;
using Xunit;

namespace AutoDiffAE.Tests.Autodiff.Reading;

public sealed class ExercisesTest
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, Exercises.All.Length)];

    [Fact]
    public void There_are_thirty_with_five_right_answers_and_five_near_misses_each()
    {
        Assert.Equal(30, Exercises.All.Length);
        Assert.Equal(30, ExerciseAnswers.All.Length);
        Assert.All(ExerciseAnswers.All, a => Assert.Equal((5, 5), (a.Right.Distinct().Count(), a.Wrong.Distinct().Count())));
        Assert.Equal(30, Exercises.All.Select(e => e.Title).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Right_answers_in_different_forms_are_accepted(int number)
    {
        var question = Exercises.Numbered(number).Hide();
        Assert.All(ExerciseAnswers.All[number - 1].Right, answer => Assert.IsType<Judgement.Right>(Judge.Of(question, answer)));
    }

    /// <summary>They are expressions of the known values, all of them: what is refused is what they say, not how.</summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Near_misses_are_refused(int number)
    {
        var question = Exercises.Numbered(number).Hide();
        Assert.All(ExerciseAnswers.All[number - 1].Wrong, answer => Assert.True(Judge.Of(question, answer) is Judgement.Wrong or Judgement.WrongShape, $"{answer}: {Judge.Of(question, answer)}"));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_is_revealed_is_right(int number)
    {
        var exercise = Exercises.Numbered(number);
        var question = exercise.Hide();
        Assert.IsType<Judgement.Right>(Judge.Of(question, exercise.Answer ?? question.Wanted.Formula));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_is_shown_gives_neither_the_rule_nor_the_answer_away(int number)
    {
        var question = Exercises.Numbered(number).Hide();
        var step = question.Shown.Steps[question.Step];
        Assert.Equal(("?", "?"), (step.Rule, Assert.Single(step.Equations).Formula));
        Assert.Empty(question.Shown.Gradients);
        Assert.DoesNotContain(question.Wanted.Target, question.Known.Keys);
    }
}
