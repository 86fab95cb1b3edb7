namespace AutoDiffAE.Graph.Language;

/// <summary>From a text such as <c>sum(relu(x @ w + b) ** 2, axis=1)</c> to the graph that it says. What the printer writes parses back.</summary>
public static class Parser
{
    /// <param name="variables">What the names of the text stand for. The sizes of their shapes may be named where a length is asked for.</param>
    /// <param name="vocabulary">The functions that may be called; the standard ones when none are given.</param>
    /// <param name="unknown">What any other name stands for; such a name is refused when null.</param>
    /// <exception cref="SyntaxException">The text is no expression, a name is not known, or shapes do not fit.</exception>
    public static Expr Parse(string text, IReadOnlyDictionary<string, Expr> variables, Vocabulary? vocabulary = null, Func<string, Expr>? unknown = null) =>
        Origin.OfText(() => new Builder(text, vocabulary ?? Vocabulary.Standard, variables) { Unknown = unknown }.Build());
}
