namespace AutoDiffAE.Gpu;

/// <summary>What went between an opened device and the host so far.</summary>
/// <param name="Uploads">Copies to the device.</param>
/// <param name="Downloads">Copies from it, each of which waits for the queue.</param>
/// <param name="Allocations">Pieces of its memory that were asked for.</param>
/// <param name="Kernels">Distinct kernels that were loaded.</param>
public sealed record DeviceCounters(int Uploads, int Downloads, int Allocations, int Kernels);
