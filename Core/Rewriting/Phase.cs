namespace AutoDiffAE.Rewriting;

/// <summary>The phases of rewriting, in their order. Each ends in a form to which no rewrite of its own or of an earlier phase applies.</summary>
public enum Phase
{
    /// <summary>Definitions become their bodies.</summary>
    Inline,

    /// <summary>Equal subexpressions become one.</summary>
    Merge,

    /// <summary>What is known before the run is computed before the run.</summary>
    FoldConstants,

    /// <summary>Of the forms that mean the same, one: the smallest.</summary>
    Canonicalize,

    /// <summary>Forms that overflow or cancel become those that do not.</summary>
    Stabilize,

    /// <summary>Forms become those that special routines run faster.</summary>
    Specialize,
}
