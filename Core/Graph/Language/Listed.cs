namespace AutoDiffAE.Graph.Language;

/// <summary>What a line of a listing is.</summary>
public enum ListedKind
{
    /// <summary>A variable.</summary>
    Input,

    /// <summary>A value that later lines may name.</summary>
    Let,

    /// <summary>An output.</summary>
    Result,

    /// <summary>What an output changes by with a variable, under the variable's name.</summary>
    Derivative,
}

/// <summary>A line of a listing: a value, and its name.</summary>
public sealed record Listed(ListedKind Kind, string Name, Expr Value);
