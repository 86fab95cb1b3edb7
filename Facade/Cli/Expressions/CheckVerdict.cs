namespace AutoDiffAE.Cli;

/// <summary>What a check comes to, from good to bad.</summary>
internal enum CheckVerdict
{
    Right,

    /// <summary>Differences say nothing at a kink; the gradient is between the slopes on its two sides.</summary>
    Subgradient,

    Wrong,
}
