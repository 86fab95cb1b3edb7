using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffAE.Cpu;

/// <summary>Runs the parts of an output or of an input's gradient; a chunk is an image, a group and a block of the target's channels.</summary>
internal static unsafe class ConvolutionProduct<V, T>
    where V : unmanaged, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FewestChunks = 32;
    private const double SmallestWork = 1 << 21;

    public struct Job
    {
        public ConvolutionView View;
        public ConvolutionPart<T>* Parts;
        public int PartCount;
        public Tile<V, T> Tile;
        public int Batch;
        public int Groups;
        public int SourceChannels;
        public nint SourceVolume;
        public int TargetChannels;
        public nint TargetVolume;
        public double Work;
        public T* Source;
        public T* Target;
        public int Block;
        public int Blocks;
        public void** Scratch;
        public nuint PlacesAt;
        public nuint WideAt;
    }

    public static void Run(Job job, Workers workers)
    {
        int tileRows = job.Tile.Rows;
        long chunks = (long)job.Batch * job.Groups;
        job.Block = (job.TargetChannels + tileRows - 1) / tileRows * tileRows;
        job.Blocks = 1;
        while (chunks * job.Blocks < FewestChunks && job.Block > tileRows && job.Work > SmallestWork * chunks * job.Blocks)
        {
            job.Block = (job.Block / 2 + tileRows - 1) / tileRows * tileRows;
            job.Blocks = (job.TargetChannels + job.Block - 1) / job.Block;
        }

        nint wide = 0, places = 0;
        for (int i = 0; i < job.PartCount; i++)
        {
            places = Math.Max(places, job.Parts[i].Vectors + job.Tile.Vectors);
            if (!job.Parts[i].ByRows) wide = Math.Max(wide, job.Parts[i].Run(job.View) + V.Count);
        }

        nint copied = job.View.Direct ? 0 : job.SourceChannels * job.View.Channel + V.Count;
        job.PlacesAt = Scratch.Round((nuint)(copied * sizeof(T)));
        job.WideAt = job.PlacesAt + Scratch.Round((nuint)(2 * places * sizeof(int)));
        job.Scratch = workers.Reserve(job.WideAt + (nuint)(job.Block * wide * sizeof(T)));
        workers.Run(checked((int)(chunks * job.Blocks)), &RunChunk, &job);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChunk(void* state, int chunk, int worker)
    {
        ref Job job = ref *(Job*)state;
        Tile<V, T> tile = job.Tile;
        byte* scratch = (byte*)job.Scratch[worker];
        int channel = chunk % job.Blocks * job.Block;
        int channels = Math.Min(job.Block, job.TargetChannels - channel);
        int image = chunk / job.Blocks, group = image % job.Groups;
        T* source = job.Source + (nint)image * job.SourceChannels * job.SourceVolume;
        T* target = job.Target + ((nint)image * job.TargetChannels + channel) * job.TargetVolume;
        T* view = source + job.View.Begin;
        if (!job.View.Direct)
        {
            view = (T*)scratch;
            job.View.Copy(source, job.SourceChannels, view);
            new Span<T>(view + job.SourceChannels * job.View.Channel, V.Count).Clear();
        }

        int* viewAt = (int*)(scratch + job.PlacesAt);
        T* wide = (T*)(scratch + job.WideAt);
        for (int p = 0; p < job.PartCount; p++)
        {
            ref ConvolutionPart<T> part = ref job.Parts[p];
            if (part.Vectors == 0) continue;
            int padded = (part.Vectors + tile.Vectors - 1) / tile.Vectors * tile.Vectors;
            int* targetAt = viewAt + padded;
            part.Places(job.View, V.Count, padded, viewAt, targetAt);
            T* weights = part.Weights + group * part.WeightsGroup + (nint)channel * part.Steps;
            T* right = view + part.Begin;
            nint wideRow = part.Run(job.View) + V.Count;
            T* result = part.ByRows ? target + part.Target : wide;
            nint resultRow = part.ByRows ? job.TargetVolume : wideRow;
            for (int v = 0; v < part.Vectors; v += tile.Vectors)
            for (int i = 0; i < channels; i += tile.Rows)
            {
                tile.Run(part.Steps, weights + (nint)i * part.Steps, part.Steps, 1, right, part.Offsets, viewAt + v,
                    result + i * resultRow, resultRow, targetAt + v, Math.Min(tile.Rows, channels - i), false);
            }

            if (!part.ByRows) Keep(ref part, job.View, wide, wideRow, target, job.TargetVolume, channels);
        }
    }

    private static void Keep(ref ConvolutionPart<T> part, in ConvolutionView view, T* wide, nint wideRow, T* target, nint volume, int channels)
    {
        for (int i = 0; i < channels; i++)
        for (int d = 0; d < part.Depth; d++)
        for (int h = 0; h < part.Height; h++)
        {
            T* from = wide + i * wideRow + d * view.Slice + h * view.Row;
            T* to = target + i * volume + part.Target + d * part.TargetSlice + h * part.TargetRow;
            if (part.TargetColumn == 1) Memory.Copy(from, to, part.Width);
            else for (int w = 0; w < part.Width; w++) to[w * part.TargetColumn] = from[w];
        }
    }
}
