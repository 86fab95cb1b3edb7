using System.Numerics;

namespace AutoDiffAE.Cpu;

/// <summary>y = x ⋆ w as one product: the weights as they lie times the view of x shifted by each (channel, tap).</summary>
internal static unsafe class ConvolutionOutput<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(in ConvolutionGeometry g, T* x, T* w, T* y, Workers workers)
    {
        if (BatchConvolution<V, T>.Serves(g))
        {
            BatchConvolution<V, T>.Run(g, x, w, false, y, workers);
            return;
        }

        if (ChannelConvolution<V, T>.Serves(g))
        {
            ChannelConvolution<V, T>.Run(g, x, w, false, null, ConvolutionPool.None, y, null, workers);
            return;
        }

        var part = new ConvolutionPart<T>
        {
            Steps = checked(g.InGroup * g.Taps),
            Depth = g.Depth.Output,
            Height = g.Height.Output,
            Width = g.Width.Output,
            TargetSlice = (nint)g.Height.Output * g.Width.Output,
            TargetRow = g.Width.Output,
            TargetColumn = 1,
        };
        var view = ConvolutionView.OfInput(g, mayBeDirect: true);
        if (part.Run(view) < V.Count) view = ConvolutionView.OfInput(g, mayBeDirect: false);
        part.Plan<V>(view, canStore: true);
        var tile = Tile<V, T>.For(g.OutGroup, part.Vectors);

        int rows = (g.OutGroup + tile.Rows - 1) / tile.Rows * tile.Rows;
        bool copy = rows != g.OutGroup;
        nuint weightsAt = Scratch.Round((nuint)part.Steps * sizeof(int));
        byte* common = (byte*)workers.Common(weightsAt + (copy ? (nuint)((nint)g.Groups * rows * part.Steps * sizeof(T)) : 0));
        part.Offsets = (int*)common;
        Fill(g, view, part.Offsets);
        part.WeightsGroup = (nint)rows * part.Steps;
        part.Weights = copy ? (T*)(common + weightsAt) : w;
        nint used = (nint)g.OutGroup * part.Steps;
        for (int group = 0; copy && group < g.Groups; group++)
        {
            T* target = part.Weights + group * part.WeightsGroup;
            Memory.Copy(w + group * used, target, checked((int)used));
            Memory.Clear(target + used, part.WeightsGroup - used);
        }

        ConvolutionProduct<V, T>.Run(new()
        {
            View = view,
            Parts = &part,
            PartCount = 1,
            Tile = tile,
            Batch = g.Batch,
            Groups = g.Groups,
            SourceChannels = g.InGroup,
            SourceVolume = g.InputVolume,
            TargetChannels = g.OutGroup,
            TargetVolume = g.OutputVolume,
            Work = g.Work,
            Source = x,
            Target = y,
        }, workers);
    }

    /// <summary>The view's shift for each (channel, weight) in the order in which the weights lie.</summary>
    public static void Fill(in ConvolutionGeometry g, in ConvolutionView view, int* offsets)
    {
        for (int channel = 0; channel < g.InGroup; channel++, offsets += g.Taps)
        for (int d = 0; d < g.Depth.Kernel; d++)
        for (int h = 0; h < g.Height.Kernel; h++)
        for (int w = 0; w < g.Width.Kernel; w++)
        {
            offsets[g.Weight(d, h, w)] = checked((int)(channel * view.Channel + view.Shift(d * g.Depth.Dilation, h * g.Height.Dilation, w * g.Width.Dilation)));
        }
    }
}
