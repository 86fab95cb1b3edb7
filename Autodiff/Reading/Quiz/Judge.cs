using System.Collections.Immutable;
using AutoDiffAE.Graph;
using AutoDiffAE.Graph.Language;
using AutoDiffAE.Rewriting;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>Whether an answer is the hidden equation's right side. Its names stand for the values of the graph themselves, so that any true equality may be used.</summary>
public static class Judge
{
    /// <summary>What an answer is. One that mentions no value is a number and stands for what it is repeated to; any other needs the shape of what is asked for.</summary>
    public static Judgement Of(HiddenEquation question, string answer)
    {
        try
        {
            var came = Parser.Parse(answer, question.Known);
            var needed = question.Wanted.Value;
            if (came.Rank == 0 && needed.Rank > 0 && !Mentions(came, question)) came = came.BroadcastTo(needed.Shape);
            return came.Shape == needed.Shape ? Compared(came, needed, question) : new Judgement.WrongShape(came.Shape, needed.Shape);
        }
        catch (SyntaxException e)
        {
            return new Judgement.NoExpression(e.Message);
        }
    }

    private static bool Mentions(Expr answer, HiddenEquation question) => Traversal.Topological([answer]).Any(question.Known.Values.Contains);

    private static Judgement Compared(Expr came, Expr needed, HiddenEquation question)
    {
        var byLaws = Rewriter.Rewrite([came, needed]).Roots is [var a, var b] && a == b;
        if (Points(came, needed, [.. Traversal.Variables([question.Derivation.Cost, came, needed])]) is not { Points.IsEmpty: false } comparison)
            return byLaws ? new Judgement.Right(true) : new Judgement.Undecided();
        if (comparison.AreEqual) return new Judgement.Right(byLaws);
        var (value, right, element) = comparison.Worst;
        return new Judgement.Wrong(comparison.Factor, element, value, right);
    }

    private static Comparison? Points(Expr came, Expr needed, ImmutableArray<Expr> variables)
    {
        try { return Comparison.Of(came, needed, variables); }
        catch (ArgumentException) { return null; }
    }
}
