namespace AutoDiffAE.Cli;

/// <summary>Where a run of the program writes, and how it is told to stop.</summary>
/// <param name="Interactive">Whether the output is a terminal.</param>
/// <param name="Input">What a person or a pipe says; nothing where it is null.</param>
/// <param name="Progress">Whether the standard error is one, so that a long run may show there how far it is.</param>
internal sealed record Context(TextWriter Output, TextWriter Error, bool Interactive, bool Progress, CancellationToken Cancellation, TextReader? Input = null);
