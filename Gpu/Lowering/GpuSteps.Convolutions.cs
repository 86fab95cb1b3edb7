using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;

namespace AutoDiffAE.Gpu;

/// <summary>
/// The three legs of a convolution as products of matrices whose elements are gathered by tables of offsets. What windows would read beyond the border
/// are zeros around a copy of the image, so that no element needs to be looked at twice.
/// </summary>
internal sealed partial class GpuSteps<T>
{
    private ImmutableArray<Launch> Convolve(ConvolutionGeometry g, Leg open, int from, int second, int to)
    {
        ConvolutionAxis[] axes = [g.Depth, g.Height, g.Width];
        int[] taps = [.. axes.Select(a => a.Kernel)], outputs = [.. axes.Select(a => a.Output)], inputs = [.. axes.Select(a => a.Input)];
        var (t, weights) = (g.Taps, Weights(g));
        if (open == Leg.Input)
        {
            var (dy, plane, before) = Spread(g, axes, from);
            int[] strides = RowMajor(plane);
            var backwards = Places(taps, [.. axes.Select((a, i) => -a.Dilation * strides[i])], axes.Select((a, i) => (a.Kernel - 1) * a.Dilation * strides[i]).Sum());
            return
            [
                .. before,
                .. Multiply(g.InGroup, g.Batch * Count(inputs), g.OutGroup * t, g.Groups, typeof(OffsetTable),
                [
                    Steps(g.InGroup, t), Steps(g.InGroup, Count(inputs)),
                    Pairs(Steps(g.Batch, g.OutChannels * Count(plane)), Places(inputs, strides)), Pairs(Steps(g.Batch, g.InChannels * Count(inputs)), Steps(Count(inputs), 1)),
                    Pairs(Steps(g.OutGroup, g.InGroup * t), weights), Pairs(Steps(g.OutGroup, Count(plane)), backwards),
                    Steps(g.Groups, g.OutGroup * g.InGroup * t), Steps(g.Groups, g.OutGroup * Count(plane)), Steps(g.Groups, g.InGroup * Count(inputs)),
                ], second, dy, to),
            ];
        }

        var (x, padded, copies) = Padded(g, axes, from);
        int[] walk = RowMajor(padded);
        var windows = Places(outputs, [.. axes.Select((a, i) => a.Stride * walk[i])]);
        var tapAt = Places(taps, [.. axes.Select((a, i) => a.Dilation * walk[i])]);
        var (image, output, kernel) = (Count(padded), Count(outputs), g.InGroup * t);
        int[] imageWindows = Pairs(Steps(g.Batch, g.InChannels * image), windows), outputWindows = Pairs(Steps(g.Batch, g.OutChannels * output), Steps(output, 1));
        int[] channelTaps = Pairs(Steps(g.InGroup, image), tapAt), weightTaps = Pairs(Steps(g.InGroup, t), weights);
        return open == Leg.Output
            ? [.. copies, .. Multiply(g.OutGroup, g.Batch * output, kernel, g.Groups, typeof(OffsetTable),
                [Steps(g.OutGroup, kernel), Steps(g.OutGroup, output), imageWindows, outputWindows, weightTaps, channelTaps, Steps(g.Groups, g.OutGroup * kernel), Steps(g.Groups, g.InGroup * image), Steps(g.Groups, g.OutGroup * output)],
                second, x, to)]
            : [.. copies, .. Multiply(g.OutGroup, kernel, g.Batch * output, g.Groups, typeof(OffsetTable),
                [Steps(g.OutGroup, output), Steps(g.OutGroup, kernel), channelTaps, weightTaps, outputWindows, imageWindows, Steps(g.Groups, g.OutGroup * output), Steps(g.Groups, g.InGroup * image), Steps(g.Groups, g.OutGroup * kernel)],
                second, x, to)];
    }

    /// <summary>The image with zeros where windows reach over its border, or as it is where none do.</summary>
    private (int Slot, int[] Plane, ImmutableArray<Launch> Copies) Padded(ConvolutionGeometry g, ConvolutionAxis[] axes, int from)
    {
        int[] inputs = [.. axes.Select(a => a.Input)], reach = [.. axes.Select(a => Math.Max(0, (a.Output - 1) * a.Stride + (a.Kernel - 1) * a.Dilation + 1))];
        if (axes.All(a => a.Padding == 0) && reach.Zip(inputs).All(p => p.First <= p.Second)) return (from, inputs, []);
        var images = g.Batch * g.InChannels;
        int[] box = [images, .. axes.Select((a, i) => Math.Max(0, Math.Min(a.Input, reach[i] - a.Padding)))];
        var slot = Scratch(images * Count(reach));
        return (slot, reach, [Zeros(slot, images * Count(reach)), Copy(from, slot, box, 0, RowMajor([images, .. inputs]), Start(axes, reach), RowMajor([images, .. reach]))]);

        static int Start(ConvolutionAxis[] axes, int[] plane) => axes.Select((a, i) => a.Padding * RowMajor(plane)[i]).Sum();
    }

    /// <summary>The cotangent with as many zeros between its elements as windows skip, and so many around it that every tap of every input has one to read.</summary>
    private (int Slot, int[] Plane, ImmutableArray<Launch> Copies) Spread(ConvolutionGeometry g, ConvolutionAxis[] axes, int from)
    {
        int[] outputs = [.. axes.Select(a => a.Output)], plane = [.. axes.Select(a => a.Input + (a.Kernel - 1) * a.Dilation)];
        int[] origin = [.. axes.Select(a => (a.Kernel - 1) * a.Dilation - a.Padding)];
        if (axes.All(a => a.Stride == 1) && origin.All(o => o == 0) && plane.SequenceEqual(outputs)) return (from, plane, []);
        // Windows that lie in the padding altogether are left out.
        int[] first = [.. axes.Select((a, i) => origin[i] >= 0 ? 0 : (a.Stride - 1 - origin[i]) / a.Stride)];
        int[] count = [.. axes.Select((a, i) => Math.Max(0, Math.Min(a.Output, (plane[i] - 1 - origin[i]) / a.Stride + 1) - first[i]))];
        var images = g.Batch * g.OutChannels;
        var slot = Scratch(images * Count(plane));
        int[] source = RowMajor([images, .. outputs]), target = RowMajor([images, .. plane]);
        return (slot, plane,
        [
            Zeros(slot, images * Count(plane)),
            Copy(from, slot, [images, .. count], first.Select((f, i) => f * source[i + 1]).Sum(), source,
                axes.Select((a, i) => (origin[i] + first[i] * a.Stride) * target[i + 1]).Sum(), [target[0], .. axes.Select((a, i) => a.Stride * target[i + 1])]),
        ]);
    }

    private static int[] Weights(ConvolutionGeometry g) =>
        [.. from d in Enumerable.Range(0, g.Depth.Kernel) from h in Enumerable.Range(0, g.Height.Kernel) from w in Enumerable.Range(0, g.Width.Kernel) select g.Weight(d, h, w)];

    /// <summary>0, step, 2 step, …</summary>
    private static int[] Steps(int count, int step) => [.. Enumerable.Range(0, count).Select(i => i * step)];

    /// <summary>The offsets of the elements of a box, row-major.</summary>
    private static int[] Places(int[] box, int[] strides, int start = 0) =>
        box.Zip(strides).Aggregate((IEnumerable<int>)[start], (places, axis) => places.SelectMany(p => Enumerable.Range(0, axis.First).Select(i => p + i * axis.Second))).ToArray();

    /// <summary>All sums of an outer and an inner offset, the inner fastest.</summary>
    private static int[] Pairs(int[] outer, int[] inner) => [.. from o in outer from i in inner select o + i];
}
