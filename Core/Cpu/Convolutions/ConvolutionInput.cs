using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>The input's gradient: for each phase of the stride one product over the padded dy with the taps that meet the phase.</summary>
internal static unsafe class ConvolutionInput<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private struct Packing
    {
        public ConvolutionGeometry G;
        public ConvolutionPart<T>* Parts;
        public T* Weights;
        public int Rows;
    }

    public static void Run(in ConvolutionGeometry g, T* dy, T* w, T* dx, Workers workers)
    {
        var exchange = g.Exchange();
        if (exchange is { } batched && BatchConvolution<V, T>.Serves(batched))
        {
            BatchConvolution<V, T>.Run(batched, dy, w, true, dx, workers);
            return;
        }

        if (exchange is { } exchanged && ChannelConvolution<V, T>.Serves(exchanged))
        {
            ChannelConvolution<V, T>.Run(exchanged, dy, w, true, null, ConvolutionPool.None, dx, null, workers);
            return;
        }

        int count = checked(g.Depth.Stride * g.Height.Stride * g.Width.Stride);
        int steps = checked(g.OutGroup * g.Taps);
        nuint offsetsAt = Scratch.Round((nuint)(count * sizeof(ConvolutionPart<T>)));
        nuint weightsAt = offsetsAt + Scratch.Round((nuint)steps * sizeof(int));
        int mostRows = g.InGroup + 7;
        byte* common = (byte*)workers.Common(weightsAt + (nuint)((nint)g.Groups * mostRows * steps * sizeof(T)));
        var parts = (ConvolutionPart<T>*)common;

        var view = ConvolutionView.OfOutput(g, mayBeDirect: true);
        bool unreached = Shape(g, parts, view, out nint shortest);
        if (shortest < V.Count)
        {
            view = ConvolutionView.OfOutput(g, mayBeDirect: false);
            Shape(g, parts, view, out _);
        }

        int vectors = 0;
        for (int i = 0; i < count; i++)
        {
            if (parts[i].Steps > 0 && parts[i].Depth * parts[i].Height * parts[i].Width > 0) parts[i].Plan<V>(view, parts[i].TargetColumn == 1);
            vectors = Math.Max(vectors, parts[i].Vectors);
        }

        if (unreached) Memory.Clear(dx, g.InputSize);
        var tile = Tile<V, T>.For(g.InGroup, vectors);
        int rows = (g.InGroup + tile.Rows - 1) / tile.Rows * tile.Rows;
        int* offsets = (int*)(common + offsetsAt);
        T* weights = (T*)(common + weightsAt);
        for (int i = 0; i < count; i++)
        {
            parts[i].Offsets = offsets;
            parts[i].Weights = weights;
            parts[i].WeightsGroup = (nint)rows * parts[i].Steps;
            offsets += parts[i].Steps;
            weights += g.Groups * parts[i].WeightsGroup;
        }

        Fill(g, parts, view);
        var packing = new Packing { G = g, Parts = parts, Weights = w, Rows = rows };
        workers.Run(g.Groups, &Pack, &packing);

        ConvolutionProduct<V, T>.Run(new()
        {
            View = view,
            Parts = parts,
            PartCount = count,
            Tile = tile,
            Batch = g.Batch,
            Groups = g.Groups,
            SourceChannels = g.OutGroup,
            SourceVolume = g.OutputVolume,
            TargetChannels = g.InGroup,
            TargetVolume = g.InputVolume,
            Work = g.Work,
            Source = dy,
            Target = dx,
        }, workers);
    }

    /// <summary>Makes the parts but for their offsets and weights; true when some phase meets no tap.</summary>
    private static bool Shape(in ConvolutionGeometry g, ConvolutionPart<T>* parts, in ConvolutionView view, out nint shortest)
    {
        ConvolutionPhases depth = new(g.Depth), height = new(g.Height), width = new(g.Width);
        nint row = g.Width.Input, slice = g.Height.Input * row;
        bool unreached = false;
        shortest = nint.MaxValue;
        for (int d = 0; d < g.Depth.Stride; d++)
        for (int h = 0; h < g.Height.Stride; h++)
        for (int w = 0; w < g.Width.Stride; w++, parts++)
        {
            *parts = new ConvolutionPart<T>
            {
                Steps = g.OutGroup * depth.Taps(d) * height.Taps(h) * width.Taps(w),
                Depth = depth.Places(d),
                Height = height.Places(h),
                Width = width.Places(w),
                Begin = depth.Begin(d) * view.Slice + height.Begin(h) * view.Row + width.Begin(w),
                Target = depth.First(d) * slice + height.First(h) * row + width.First(w),
                TargetSlice = g.Depth.Stride * slice,
                TargetRow = g.Height.Stride * row,
                TargetColumn = g.Width.Stride,
            };
            unreached |= parts->Steps == 0;
            if (parts->Depth * parts->Height * parts->Width > 0) shortest = Math.Min(shortest, parts->Run(view));
        }

        return unreached;
    }

    private static void Fill(in ConvolutionGeometry g, ConvolutionPart<T>* parts, in ConvolutionView view)
    {
        ConvolutionPhases depth = new(g.Depth), height = new(g.Height), width = new(g.Width);
        for (int d = 0; d < g.Depth.Stride; d++)
        for (int h = 0; h < g.Height.Stride; h++)
        for (int w = 0; w < g.Width.Stride; w++, parts++)
        {
            int* offset = parts->Offsets;
            for (int channel = 0; channel < g.OutGroup; channel++)
            for (int i = 0; i < g.Depth.Kernel; i++)
            for (int j = 0; j < g.Height.Kernel; j++)
            for (int k = 0; k < g.Width.Kernel; k++)
            {
                if (!depth.Meets(d, i) || !height.Meets(h, j) || !width.Meets(w, k)) continue;
                *offset++ = checked((int)(channel * view.Channel + depth.Shift(i) * view.Slice + height.Shift(j) * view.Row + width.Shift(k)));
            }
        }
    }

    /// <summary>Weights with input and output channels exchanged, in the order of the offsets, and rows of zeros to fill the last tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(void* state, int group, int worker)
    {
        ref Packing job = ref *(Packing*)state;
        ref ConvolutionGeometry g = ref job.G;
        ConvolutionPhases depth = new(g.Depth), height = new(g.Height), width = new(g.Width);
        ConvolutionPart<T>* part = job.Parts;
        T* kernels = job.Weights + (nint)group * g.OutGroup * g.InGroup * g.Taps;
        nint next = (nint)g.InGroup * g.Taps;
        for (int d = 0; d < g.Depth.Stride; d++)
        for (int h = 0; h < g.Height.Stride; h++)
        for (int w = 0; w < g.Width.Stride; w++, part++)
        {
            T* rows = part->Weights + group * part->WeightsGroup;
            int taps = part->Steps / g.OutGroup, tap = 0;
            for (int i = 0; i < g.Depth.Kernel; i++)
            for (int j = 0; j < g.Height.Kernel; j++)
            for (int k = 0; k < g.Width.Kernel; k++)
            {
                if (!depth.Meets(d, i) || !height.Meets(h, j) || !width.Meets(w, k)) continue;
                T* weight = kernels + g.Weight(i, j, k);
                for (int channel = 0; channel < g.InGroup; channel++)
                {
                    T* from = weight + (nint)channel * g.Taps, to = rows + (nint)channel * part->Steps + tap;
                    for (int o = 0; o < g.OutGroup; o++) to[(nint)o * taps] = from[o * next];
                }

                tap++;
            }

            Memory.Clear(rows + (nint)g.InGroup * part->Steps, (nint)(job.Rows - g.InGroup) * part->Steps);
        }
    }
}
