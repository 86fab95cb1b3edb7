using System.Runtime.Intrinsics;

namespace AutoDiffAE.Cpu;

/// <summary>How many bits a kernel's vectors have.</summary>
internal enum LaneWidth
{
    Widest = 0,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

internal static class LaneWidths
{
    public static LaneWidth Resolve(this LaneWidth width) => width != LaneWidth.Widest ? width
        : Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
        : LaneWidth.Bits128;
}
