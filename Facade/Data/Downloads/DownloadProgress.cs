namespace AutoDiffAE.Data;

/// <summary>How far a download is.</summary>
/// <param name="Bytes">Those that are there.</param>
/// <param name="Total">Those that the file has.</param>
public readonly record struct DownloadProgress(string File, long Bytes, long Total);
