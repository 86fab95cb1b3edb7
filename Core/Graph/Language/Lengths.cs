using AutoDiffAE.Shapes;

namespace AutoDiffAE.Graph.Language;

/// <summary>Where a length is asked for, a text says a polynomial in numbers and named sizes, or <c>floor((n+1)/2)</c>.</summary>
/// <param name="text">The whole text, to point into.</param>
/// <param name="isSize">Which names are sizes.</param>
internal sealed class Lengths(string text, Func<string, bool> isSize)
{
    /// <exception cref="SyntaxException">It is no length.</exception>
    public Dim Of(Syntax syntax) => syntax switch
    {
        Syntax.Number { Value: var v } when double.IsInteger(v) && Math.Abs(v) < 1L << 53 => (long)v,
        Syntax.Name n when isSize(n.Label) => Dim.Named(n.Label),
        Syntax.Name n => throw Refuse(n, $"no variable has an axis of the size {n.Label}"),
        Syntax.Negation n => -Of(n.Operand),
        Syntax.Infix { Symbol: "+" } i => Of(i.Left) + Of(i.Right),
        Syntax.Infix { Symbol: "-" } i => Of(i.Left) - Of(i.Right),
        Syntax.Infix { Symbol: "*" } i => Of(i.Left) * Of(i.Right),
        Syntax.Call { Function: "floor", Args: [(null, Syntax.Infix { Symbol: "/" } i)] } when Of(i.Right).Value is > 0 and var divisor => Dim.FloorDivide(Of(i.Left), divisor),
        _ => throw Refuse(syntax, $"a whole number or a length is needed here, not {syntax}"),
    };

    /// <exception cref="SyntaxException">It is no number that fits.</exception>
    public int Number(Syntax syntax) => Of(syntax).Value is >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw Refuse(syntax, "a whole number is needed here");

    private SyntaxException Refuse(Syntax syntax, string reason) => new(text, syntax.At, reason);
}
