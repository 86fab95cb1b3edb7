namespace AutoDiffAE.Profiling;

/// <summary>What a machine does at best in one precision with so many threads, as measured on it.</summary>
/// <param name="FlopPerSecond">Multiply-adds over registers alone, each counted twice.</param>
/// <param name="BytesPerSecond">Read and written by a copy within memory that no cache holds.</param>
public sealed record MachineLimits(int Threads, double FlopPerSecond, double BytesPerSecond);
