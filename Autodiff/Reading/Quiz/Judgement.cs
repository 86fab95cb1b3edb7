using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>What an answer is: a closed union.</summary>
public abstract record Judgement
{
    private Judgement() { }

    /// <summary>Equal at every point tried.</summary>
    /// <param name="ByLaws">Whether the laws of rewriting lead both to the same expression, too.</param>
    public sealed record Right(bool ByLaws) : Judgement;

    /// <summary>Of the right shape, and different.</summary>
    /// <param name="Factor">What came is this number times what is needed, where it is so at every point.</param>
    /// <param name="Element">The place at which they differ most.</param>
    /// <param name="Came">The answer's value there, at a random point.</param>
    /// <param name="Needed">The right value there.</param>
    public sealed record Wrong(double? Factor, Sequence<int> Element, double Came, double Needed) : Judgement;

    /// <summary>Of another shape.</summary>
    public sealed record WrongShape(Shape Came, Shape Needed) : Judgement;

    /// <summary>No expression of the known values.</summary>
    /// <param name="Message">What is wrong, with a caret under the place.</param>
    public sealed record NoExpression(string Message) : Judgement;

    /// <summary>What is needed is finite at none of the points tried, and no laws show that both are equal.</summary>
    public sealed record Undecided : Judgement;
}
