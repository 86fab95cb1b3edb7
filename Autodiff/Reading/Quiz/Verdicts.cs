using AutoDiffAE.Graph;
using AutoDiffAE.Shapes;

namespace AutoDiffAE.Reading.Quiz;

/// <summary>What a person is told about an answer.</summary>
public static class Verdicts
{
    /// <summary>The lines for a judgement of an answer to a question.</summary>
    public static IEnumerable<Remark> Of(Judgement judgement, HiddenEquation question) => judgement switch
    {
        Judgement.Right right => [Remark.Good(right.ByLaws ? "right: the laws make both the same expression" : "right: equal at random points")],
        Judgement.Wrong { Factor: -1 } => [Remark.Bad("not yet: the sign is the other way round")],
        Judgement.Wrong { Factor: { } factor } => [Remark.Bad($"not yet: it is {Short(factor)} times what is needed")],
        Judgement.Wrong wrong => [Remark.Bad($"not yet: at a random point {Element(wrong.Element)} is {Short(wrong.Came)}, and {Short(wrong.Needed)} is needed")],
        Judgement.WrongShape shape => [Remark.Bad($"not yet: the shape {shape.Came} came, and {question.Wanted.Target} needs {shape.Needed}{Advice(shape.Came, shape.Needed)}")],
        Judgement.NoExpression no => [.. no.Message.Split('\n').Select(Remark.Bad), Remark.Plain("this is no answer yet; try again")],
        _ => [Remark.Bad("at none of the points tried is it finite, so this cannot be judged")],
    };

    private static string Element(Sequence<int> element) => element.Count == 0 ? "it" : $"its element [{string.Join(", ", element)}]";

    private static string Short(double value) => Printer.Number(double.IsFinite(value) && value != 0 ? Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15)) : value);

    private static string Advice(Shape came, Shape needed)
    {
        var common = Broadcast.Common(came, needed);
        return common is not null && common == came ? $"; {Axes(Broadcast.Repeated(needed, came))} was repeated forwards, so there is a sum over it backwards"
            : common is not null && common == needed ? $"; repeat it, as broadcast_to(…, {needed}) does"
            : came.Dims.Reverse().SequenceEqual(needed.Dims) ? "; the axes are there in the opposite order: transpose it"
            : "";
    }

    private static string Axes(Axes axes) => axes.Count == 1 ? $"axis {axes[0]}" : $"each of the axes {string.Join(", ", axes)}";
}
