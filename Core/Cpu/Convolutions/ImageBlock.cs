using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>As many images as a vector has places, turned so that a vector holds one element of each: element p of image n stands at p·V.Count + n.</summary>
internal readonly unsafe struct ImageBlock<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What is read again for every place of the target stays in a core's second cache.</summary>
    private const long MostBytes = 768 << 10;

    private readonly ConvolutionView view;
    private readonly int channels;
    private readonly nint imageSize;

    /// <param name="view">How the planes of an image are laid out.</param>
    /// <param name="channels">The planes of an image.</param>
    /// <param name="imageSize">The numbers of an image in its source.</param>
    public ImageBlock(in ConvolutionView view, int channels, nint imageSize)
    {
        (this.view, this.channels, this.imageSize) = (view, channels, imageSize);
        Elements = view.Direct ? imageSize : channels * view.Channel;
    }

    /// <summary>Numbers of one image as laid out.</summary>
    public readonly nint Elements;

    /// <summary>Scratch for a block.</summary>
    public nuint BlockBytes => Scratch.Round((nuint)(Elements * V.Count * sizeof(T)));

    /// <summary>Scratch for images that are turned and not yet laid out.</summary>
    public nuint TurnedBytes => view.Direct ? 0 : Scratch.Round((nuint)(imageSize * V.Count * sizeof(T)));

    public static int Blocks(int batch) => (batch + V.Count - 1) / V.Count;

    /// <summary>Whether the last block is full enough, and a block not too large.</summary>
    public bool Serves(int batch) => 4L * batch >= 3L * Blocks(batch) * V.Count && Elements * (long)sizeof(V) <= MostBytes;

    /// <summary>Turns so many images, at most a vector's places; the other places are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Turn(T* source, int images, T* turned, T* target)
    {
        T* to = view.Direct ? target : turned;
        if (images < V.Count) Memory.Clear(to, imageSize * V.Count);
        Packing.Transpose(source, imageSize, images, checked((int)imageSize), to, V.Count);
        if (!view.Direct) view.Copy((V*)turned, channels, (V*)target);
    }
}
