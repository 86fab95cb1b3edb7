namespace AutoDiffAE.Cli;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The work could not be finished: the loss diverged, a disk is full.</summary>
    public const int Failure = 1;

    /// <summary>What was asked for cannot be done: options, files or sizes.</summary>
    public const int Misuse = 2;

    /// <summary>Interrupted, as shells count it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
