namespace AutoDiffAE.Reports;

/// <summary>What one pass over the training images gave; errors as the objective measures them.</summary>
/// <param name="Epoch">Counted from 1.</param>
public sealed record EpochRecord(int Epoch, double TrainError, double ValidationError, double Seconds);
