using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// Some channels of as many images as a vector has places, turned so that a vector holds one element of each: element p of image n stands at
/// p·V.Count + n.
/// </summary>
internal readonly unsafe struct ImageBlock<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What is read again for every place of the target stays in a core's second cache.</summary>
    private const long MostBytes = 640 << 10;

    private readonly ConvolutionView view;
    private readonly nint volume;
    private readonly nint imageSize;

    /// <param name="view">How the planes of an image are laid out.</param>
    /// <param name="channels">The planes of an image.</param>
    /// <param name="volume">The numbers of a plane in its source.</param>
    public ImageBlock(in ConvolutionView view, int channels, nint volume)
    {
        (this.view, this.volume, imageSize) = (view, volume, channels * volume);
        Plane = view.Direct ? volume : view.Channel;
        int most = (int)Math.Clamp(MostBytes / (Plane * sizeof(V)), 1, Math.Max(1, channels));
        Groups = Math.Max(1, (channels + most - 1) / most);
        Channels = Math.Max(1, (channels + Groups - 1) / Groups);
    }

    /// <summary>Numbers of a channel of an image as laid out.</summary>
    public readonly nint Plane;

    /// <summary>Channels of a block.</summary>
    public readonly int Channels;

    /// <summary>Blocks that together hold all channels.</summary>
    public readonly int Groups;

    /// <summary>Scratch for a block.</summary>
    public nuint BlockBytes => Scratch.Round((nuint)(Channels * Plane * sizeof(V)));

    /// <summary>Scratch for images that are turned and not yet laid out.</summary>
    public nuint TurnedBytes => view.Direct ? 0 : Scratch.Round((nuint)(Channels * volume * sizeof(V)));

    public static int Blocks(int batch) => (batch + V.Count - 1) / V.Count;

    /// <summary>Whether the last block is full enough, and a channel not too large.</summary>
    public bool Serves(int batch) => 4L * batch >= 3L * Blocks(batch) * V.Count && Plane * (long)sizeof(V) <= MostBytes;

    /// <summary>Turns so many images, at most a vector's places; the other places are 0.</summary>
    /// <param name="source">The first image's first channel of the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Turn(T* source, int channels, int images, T* turned, T* target)
    {
        T* to = view.Direct ? target : turned;
        nint numbers = channels * volume;
        if (images < V.Count) Memory.Clear(to, numbers * V.Count);
        Transposition.Run(source, imageSize, images, checked((int)numbers), to, V.Count);
        if (!view.Direct) view.Copy((V*)turned, channels, (V*)target);
    }
}
