using System.Collections.Immutable;
using AutoDiffAE.Cpu;
using AutoDiffAE.Graph;
using AutoDiffAE.Planning;

namespace AutoDiffAE.Gpu;

internal sealed partial class GpuSteps<T>
{
    /// <summary>Sums of more terms than this are cut into parts where the results are too few to occupy a device.</summary>
    private const int LongSum = 256, FewTiles = 4096;

    public ImmutableArray<Launch> Product(Routine.Product routine)
    {
        var g = MatMulGeometry.Of(Source, sizes[Second], routine.TransposeA, routine.TransposeB);
        if (routine.Epilogue is not { } body) return Multiply(g, From, Second, To);
        int[] shape = [.. Source[..^2], g.Rows, g.Columns];
        return [.. Multiply(g, From, Second, Scratch(Count(shape))), Follow(body, sizes.Length, Target)];
    }

    /// <summary>A body over what was just computed, in the shape that it is seen in.</summary>
    private Launch Follow(Body body, int first, int[] shape)
    {
        ImmutableArray<int> rest = [.. step.Reads[2..], .. step.Writes];
        return Run(body, [first, .. rest], [Layout.Dense(shape), .. rest.Select(s => layouts[s])]);
    }

    private ImmutableArray<Launch> Multiply(MatMulGeometry g, int from, int second, int to)
    {
        int[] strides = [(int)g.ARow, g.Columns, (int)g.BColumn, 1, (int)g.AColumn, (int)g.BRow, (int)g.ABatch, (int)g.BBatch, g.Rows * g.Columns];
        return Multiply(g.Rows, g.Columns, g.Inner, g.Batch, typeof(OffsetStride), strides.Select(s => (int[])[s]), from, second, to);
    }

    /// <param name="rows">The sizes of the product.</param>
    /// <param name="tables">Offsets of rows in A and in C, of columns in B and in C, of terms in A and in B, of the batch in A, B and C.</param>
    private ImmutableArray<Launch> Multiply(int rows, int columns, int terms, int batch, Type offsets, IEnumerable<int[]> tables, int from, int second, int to)
    {
        if (rows * columns * batch == 0) return [];
        var size = rows * columns * batch;
        const int Side = GatherProduct<SingleScalar, float, OffsetTable>.Side;
        var tiles = (rows + Side - 1) / Side * ((columns + Side - 1) / Side) * batch;
        var parts = terms <= LongSum ? 1 : Math.Min((terms + LongSum - 1) / LongSum, Math.Max(1, FewTiles / tiles));
        var share = (terms + parts - 1) / parts;
        var numbers = new List<int>([rows, columns, terms, parts, share, size, .. new int[9]]);
        foreach (var (table, i) in tables.Select((t, i) => (t, i)))
        {
            numbers[6 + i] = numbers.Count;
            numbers.AddRange(table);
        }
        var launches = ImmutableArray.CreateBuilder<Launch>();
        var result = parts == 1 ? to : Scratch(size * parts);
        var kernel = Kernel.Of<T>(typeof(GatherProduct<,,>), offsets) with
        {
            Tiled = typeof(TiledProduct<,,>).MakeGenericType(Kernel.Carrier<T>(), typeof(T), offsets).GetMethod("Run"),
        };
        const int Tile = TiledProduct<SingleScalar, float, OffsetTable>.Side;
        launches.Add(new(kernel, [from, second, result], [.. numbers], tiles * parts, (rows + Tile - 1) / Tile * ((columns + Tile - 1) / Tile) * batch * parts));
        if (parts > 1) Combine(launches, typeof(DeviceSum), result, to, size, parts, inner: false);
        return launches.ToImmutable();
    }

    public ImmutableArray<Launch> Convolution(Routine.Convolution routine)
    {
        int[] shape = routine.Followed is { } followed ? followed.Evaluate(names) : Target;
        var g = routine.Open switch
        {
            Leg.Output => ConvolutionGeometry.Of(routine.Form, Source, sizes[Second], shape),
            Leg.Input => ConvolutionGeometry.Of(routine.Form, shape, sizes[Second], Source),
            _ => ConvolutionGeometry.Of(routine.Form, Source, shape, sizes[Second]),
        };
        return routine.Epilogue is not { } body ? Convolve(g, routine.Open, From, Second, To)
            : [.. Convolve(g, routine.Open, From, Second, Scratch(Count(shape))), Follow(body, sizes.Length, Target)];
    }
}
