namespace AutoDiffAE.Properties;

/// <summary>What laws are checked with, and how often.</summary>
public sealed record LawOptions
{
    public static readonly LawOptions Default = new();

    /// <summary>Who computes values: the compiler in double precision, when no other is given.</summary>
    public IEvaluator Evaluator { get; init; } = new Compiled<double>();

    public Pullbacks Pullbacks { get; init; } = Pullbacks.Standard;

    public Pushforwards Pushforwards { get; init; } = Pushforwards.Standard;

    /// <summary>Whether a difference that meets a kink of the function counts for nothing. Samples that stay away from kinks need no such pardon.</summary>
    public bool SkipKinks { get; init; }

    /// <summary>Told of each difference that counted for nothing.</summary>
    public Action? Skipped { get; init; }

    /// <summary>The number of random cases for each seed.</summary>
    public int Cases { get; init; } = 200;
}
