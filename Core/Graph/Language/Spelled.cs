namespace AutoDiffAE.Graph.Language;

/// <summary>A printed part: how tightly its outermost operator binds, and how many parts are nested in it.</summary>
internal readonly record struct Spelled(string Text, int Level, int Depth)
{
    public const int Comparison = 0, Sum = 1, Product = 2, Sign = 3, Power = 4, Atom = 5;

    /// <summary>The text, in parentheses where its operator binds less tightly.</summary>
    public string At(int level) => Level >= level ? Text : $"({Text})";
}
