using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>The kernel as a matrix of (source channel, tap) by target channel, in blocks of columns.</summary>
internal static unsafe class ChannelWeights<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>w is (out, in·taps) and the targets are its rows.</summary>
    public static void Pack(T* w, int steps, ChannelTiles<V, T> tiles, T* target)
    {
        for (int block = 0; block < tiles.Blocks; block++)
        {
            int start = tiles.Start(block);
            Packing.Pack(w + (nint)start * steps, steps, 1, tiles.Used(block), steps, target + (nint)steps * start, tiles.Width(block));
        }
    }

    /// <summary>w is (source, target, taps).</summary>
    public static void PackExchanged(T* w, int sources, int taps, ChannelTiles<V, T> tiles, T* target)
    {
        for (int block = 0; block < tiles.Blocks; block++)
        for (int source = 0; source < sources; source++)
        {
            int start = tiles.Start(block), width = tiles.Width(block);
            T* from = w + ((nint)source * tiles.Columns + start) * taps;
            Packing.Pack(from, taps, 1, tiles.Used(block), taps, target + (nint)sources * taps * start + (nint)source * taps * width, width);
        }
    }
}
