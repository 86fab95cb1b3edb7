namespace AutoDiffAE.Graph.Language;

/// <summary>How the graph around a node is written.</summary>
/// <param name="Named">The nodes that have names: they are written even where their broadcast is implied.</param>
/// <param name="ForReading">Whether it is for a person: the chain rule's product is then a product, and a repeated number a number.</param>
/// <param name="MostElements">A constant of more elements is written by its shape alone.</param>
internal sealed record Written(Func<Expr, bool> Named, bool ForReading, int MostElements)
{
    private const int Few = 64;

    /// <summary>One expression in another.</summary>
    public static readonly Written Nested = new(_ => false, false, Few);

    /// <summary>A formula for a person, over named values.</summary>
    public static Written Formula(Func<Expr, bool> named) => new(named, true, Few);

    /// <summary>A line of a listing, of which nothing is left out.</summary>
    public static Written Line(Func<Expr, bool> named) => new(named, false, int.MaxValue);
}
