using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>
/// One axis of a view: place q of phase f is source element q·Stride + f − Low, or zero where there is none.
/// </summary>
internal readonly record struct ConvolutionViewAxis(int Source, int Extent, int Stride, int Low, int Taps, int Dilation)
{
    public bool Direct => Stride == 1 && Low <= 0 && Extent - Low <= Source;

    public bool Uses(int phase)
    {
        for (int tap = 0; tap < Taps; tap++)
        {
            if (tap * Dilation % Stride == phase) return true;
        }

        return false;
    }
}

/// <summary>
/// The planes of some channels laid out so that every tap of a convolution is a constant shift: padded with zeros, and with a stride
/// split into its phases, of which each is a plane of unit stride. Where nothing has to change the source itself is the view. The
/// planes of several images may stand side by side, so that one run covers them all.
/// </summary>
internal readonly unsafe struct ConvolutionView
{
    private readonly ConvolutionViewAxis depth;
    private readonly ConvolutionViewAxis height;
    private readonly ConvolutionViewAxis width;

    public readonly bool Direct;
    public readonly nint Row;
    public readonly nint Slice;
    public readonly nint Plane;
    public readonly nint Phase;
    public readonly nint Channel;

    /// <summary>Where a direct view begins in its source.</summary>
    public readonly nint Begin;

    public ConvolutionView(ConvolutionViewAxis depth, ConvolutionViewAxis height, ConvolutionViewAxis width, bool mayBeDirect, int images = 1)
    {
        (this.depth, this.height, this.width) = (depth, height, width);
        Direct = mayBeDirect && images == 1 && depth.Direct && height.Direct && width.Direct;
        Row = Direct ? width.Source : width.Extent;
        Slice = Row * (Direct ? height.Source : height.Extent);
        Plane = Slice * (Direct ? depth.Source : depth.Extent);
        Phase = Plane * images;
        Channel = Phase * depth.Stride * height.Stride * width.Stride;
        Begin = Direct ? -(depth.Low * Slice + height.Low * Row + width.Low) : 0;
    }

    /// <summary>x as the windows of the output and of the kernel's gradient see it.</summary>
    public static ConvolutionView OfInput(in ConvolutionGeometry g, bool mayBeDirect, int images = 1) =>
        new(OfInput(g.Depth), OfInput(g.Height), OfInput(g.Width), mayBeDirect, images);

    /// <summary>dy as the windows of the input's gradient see it: one plane serves all phases of dx.</summary>
    public static ConvolutionView OfOutput(in ConvolutionGeometry g, bool mayBeDirect) =>
        new(OfOutput(g.Depth), OfOutput(g.Height), OfOutput(g.Width), mayBeDirect);

    /// <summary>The shift of a tap that lies so many source elements from the window's first.</summary>
    public nint Shift(int d, int h, int w)
    {
        nint phase = (d % depth.Stride * height.Stride + h % height.Stride) * width.Stride + w % width.Stride;
        return phase * Phase + d / depth.Stride * Slice + h / height.Stride * Row + w / width.Stride;
    }

    /// <summary>Lays the planes out. An element may be a whole vector; its zero is all bits 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Copy<T>(T* source, int channels, T* target) where T : unmanaged
    {
        nint volume = (nint)depth.Source * height.Source * width.Source;
        for (int channel = 0; channel < channels; channel++, source += volume, target += Channel)
        {
            T* plane = target;
            for (int fd = 0; fd < depth.Stride; fd++)
            for (int fh = 0; fh < height.Stride; fh++)
            for (int fw = 0; fw < width.Stride; fw++, plane += Phase)
            {
                if (depth.Uses(fd) && height.Uses(fh) && width.Uses(fw)) CopyPhase(source, fd, fh, fw, plane);
                else Memory.Clear(plane, Plane);
            }
        }
    }

    private void CopyPhase<T>(T* source, int fd, int fh, int fw, T* target) where T : unmanaged
    {
        int stride = width.Stride, shift = fw - width.Low;
        int first = Math.Clamp(shift < 0 ? (-shift + stride - 1) / stride : 0, 0, width.Extent);
        int last = shift < width.Source ? Math.Clamp((width.Source - 1 - shift) / stride + 1, first, width.Extent) : first;
        for (int d = 0; d < depth.Extent; d++)
        {
            int sourceDepth = d * depth.Stride + fd - depth.Low;
            for (int h = 0; h < height.Extent; h++, target += Row)
            {
                int sourceHeight = h * height.Stride + fh - height.Low;
                if ((uint)sourceDepth >= (uint)depth.Source || (uint)sourceHeight >= (uint)height.Source || first >= last)
                {
                    new Span<T>(target, width.Extent).Clear();
                    continue;
                }

                T* from = source + ((nint)sourceDepth * height.Source + sourceHeight) * width.Source + shift;
                for (int w = 0; w < first; w++) target[w] = default;
                if (stride == 1) Memory.Copy(from + first, target + first, last - first);
                else for (int w = first; w < last; w++) target[w] = from[(nint)w * stride];
                for (int w = last; w < width.Extent; w++) target[w] = default;
            }
        }
    }

    private static ConvolutionViewAxis OfInput(in ConvolutionAxis a) =>
        new(a.Input, a.Output + (a.Kernel - 1) * a.Dilation / a.Stride, a.Stride, a.Padding, a.Kernel, a.Dilation);

    private static ConvolutionViewAxis OfOutput(in ConvolutionAxis a)
    {
        var phases = new ConvolutionPhases(a);
        return new(a.Output, phases.MostPlaces + phases.Reach, 1, phases.Reach - a.Padding / a.Stride, 1, 1);
    }
}
