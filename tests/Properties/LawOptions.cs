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

    /// <summary>
    /// How much of ‖u‖ ‖v‖ the two sides of an adjoint identity may differ by beyond what ‖Jv‖ allows: in graphs of many operations Jv can be 0
    /// but for what rounding leaves of terms that cancel. One operation needs none.
    /// </summary>
    public double Cancellation { get; init; }

    /// <summary>Told of each difference that counted for nothing.</summary>
    public Action? Skipped { get; init; }

    /// <summary>The number of random cases for each seed.</summary>
    public int Cases { get; init; } = 200;
}
