namespace AutoDiffAE.Cli;

/// <summary>Where a run of the program writes, and how it is told to stop.</summary>
internal sealed record Context(TextWriter Output, TextWriter Error, bool Interactive, CancellationToken Cancellation);
