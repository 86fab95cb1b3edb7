using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoDiffAE.Data;

namespace AutoDiffAE.Cli;

/// <summary>What a run was asked for, and what its numbers depend on besides: with these and its last checkpoint it goes on with the same bits.</summary>
/// <param name="Run">With the device that was chosen, and the number of threads.</param>
/// <param name="VectorBits">The width of the processor's vectors: sums are of as many parts.</param>
/// <param name="Train">Images that train.</param>
/// <param name="Validation">Images that validate.</param>
/// <param name="Mean">Of the pixels that train, which tells other data from these.</param>
/// <param name="Deviation">Likewise.</param>
/// <param name="Program">The version that began it, and of what runs it.</param>
internal sealed record RunRecord(int Version, TrainRun Run, int VectorBits, int Train, int Validation, double Mean, double Deviation, string? Program = null)
{
    private const int Current = 1;

    private static readonly JsonSerializerOptions Json = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, WriteIndented = true };

    public static int Vectors => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static string Made => $"AutoDiffAE {typeof(RunRecord).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}";

    public static RunRecord Of(TrainRun run, Split split, Standardization pixels) =>
        new(Current, run, Vectors, split.Train.Count, split.Validation.Count, pixels.Mean, pixels.Deviation, Made);

    /// <exception cref="DataException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <exception cref="DataException">The file is missing, or no record of a run.</exception>
    public static RunRecord Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(Encoding.UTF8.GetString(FileBytes.Read(path)), Json) is { Version: Current, Run: not null } record
                ? record
                : throw new DataException($"{path}: is a record of another version, this program reads {Current}");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}: is no record of a run ({e.Message})", e);
        }
    }

    /// <exception cref="UsageException">What there is now would give other bits.</exception>
    public void Require(RunRecord now)
    {
        if (VectorBits != now.VectorBits)
            throw new UsageException($"--resume: the run had vectors of {VectorBits} bits and this processor has {now.VectorBits}: it would not go on with the same numbers; train anew here");
        if ((Train, Validation, Mean, Deviation) != (now.Train, now.Validation, now.Mean, now.Deviation))
            throw new UsageException(FormattableString.Invariant($"--resume: the run had {Train} and {Validation} images of mean {Mean:0.####}, and {now.Run.Data} now has {now.Train} and {now.Validation} of mean {now.Mean:0.####}: it goes on with the same data only"));
    }
}
